// The few signs that the page draws itself.

const PATHS = {
  eye: 'M1.8 10S4.6 4.5 10 4.5 18.2 10 18.2 10 15.4 15.5 10 15.5 1.8 10 1.8 10ZM10 7.4a2.6 2.6 0 1 0 0 5.2 2.6 2.6 0 0 0 0-5.2Z',
  lock: 'M6 9V6.500a4 4 0 0 1 8 0V9M4.5 9h11v8h-11Z',
  hash: 'M8 3 6.5 17M14 3l-1.5 14M4 7.500h13M3 12.500h13',
  smile: 'M10 2.500a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15ZM7.5 8v.100M12.5 8v.100M6.5 11.500c1.5 3 5.5 3 7 0',
  thread: 'M17 9.500a6 6 0 0 1-6 6H9l-4.5 2.500v-4A6 6 0 0 1 9 3.500h2a6 6 0 0 1 6 6ZM7 8h6M7 11h4',
  more: 'M10 4.500v.100M10 10v.100M10 15.500v.1',
  file: 'M5 2.500h6.5L15.5 6.500v11H5ZM11.5 2.500v4h4M7.5 10.500h5M7.5 13.500h5',
  download: 'M10 3v10M6 9.500l4 4 4-4M3.5 16.500h13',
  send: 'M2.5 3 17.5 10l-15 7L4.5 10Zm2 7h6',
} as const;

/** A sign, in the colour of the text around it. Hidden from screen readers: what it means is said in words. */
export function Icon({ name, size = 18 }: { name: keyof typeof PATHS; size?: number }) {
  return (
    <svg className="icon-sign" viewBox="0 0 20 20" width={size} height={size} aria-hidden="true">
      <path
        d={PATHS[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth={name === 'more' ? 2.4 : 1.5}
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
