import { deflateRawSync } from 'zlib';

const STREAMED = 0x0008;

/** A zip archive as a streaming packer writes it: the sizes stand behind each file and in the directory only. */
export function zip(files: Readonly<Record<string, string>>, { stored = false } = {}): Buffer {
  const method = stored ? 0 : 8;
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const content = Buffer.from(text);
    const data = stored ? content : deflateRawSync(content);
    const path = Buffer.from(name);
    // Nobody here reads the checksum.
    const sizes = numbers([0, 4], [data.length, 4], [content.length, 4]);
    const local = Buffer.concat([
      numbers([0x04034b50, 4], [20, 2], [STREAMED, 2], [method, 2], [0, 4], [0, 4], [0, 4], [0, 4], [path.length, 2], [0, 2]),
      path, data, numbers([0x08074b50, 4]), sizes,
    ]);
    directory.push(
      numbers([0x02014b50, 4], [20, 2], [20, 2], [STREAMED, 2], [method, 2], [0, 4]), sizes,
      numbers([path.length, 2], [0, 2], [0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]), path,
    );
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const count = Object.keys(files).length;
  return Buffer.concat([...parts, central, numbers([0x06054b50, 4], [0, 4], [count, 2], [count, 2], [central.length, 4], [offset, 4], [0, 2])]);
}

/** Little-endian numbers of so many bytes each. */
function numbers(...fields: [number, number][]): Buffer {
  return Buffer.concat(fields.map(([value, bytes]) => {
    const buffer = Buffer.alloc(bytes);
    buffer.writeUIntLE(value, 0, bytes);
    return buffer;
  }));
}
