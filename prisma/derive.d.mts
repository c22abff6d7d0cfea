// The types of derive.mjs, which stays plain JavaScript so that generating needs no compiler.
export type Provider = 'sqlite' | 'postgresql';
export declare const providers: readonly ['sqlite', 'postgresql'];
export declare const schemaPath: string;
export declare function schemaFor(provider: Provider, options?: { output?: string; models?: string }): string;
