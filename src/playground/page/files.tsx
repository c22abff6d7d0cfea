// The files of a message: a card for each, with its name, kind and size, and a link that saves it.

import type { SharedFile } from '../things.js';
import { Icon } from './icons.js';

/** A card for each file. */
export function FileCards({ files }: { files: readonly SharedFile[] }) {
  return (
    <ul className="files" aria-label="Files">
      {files.map(file => (
        <li key={file.id} className="file">
          <span className="file-sign">
            <Icon name="file" size={22} />
          </span>
          <span className="file-words">
            <strong>{file.title}</strong>
            <span className="file-kind">
              {file.title !== file.name && `${file.name} · `}
              {kindOf(file)} · {sizeInWords(file.size)}
            </span>
          </span>
          <a
            className="file-download"
            href={file.url_private_download}
            download={file.name}
            aria-label={`Download ${file.name}`}
            title={`Download ${file.name}`}
          >
            <Icon name="download" />
          </a>
        </li>
      ))}
    </ul>
  );
}

/** By the ending of its name, as Slack says it. */
function kindOf({ name }: SharedFile): string {
  const ending = /\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1];
  return ending === undefined ? 'Binary' : ending.toUpperCase();
}

function sizeInWords(bytes: number): string {
  if (bytes < 1000) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
