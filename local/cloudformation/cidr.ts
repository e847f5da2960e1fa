import { ValidationError } from './validation-error';

/** What `Fn::Cidr` gives: `count` IPv4 blocks with `bits` bits for hosts, from the start of a block on. */
export function cidrBlocks(block: string, count: number, bits: number): string[] {
  const [address, prefix] = block.split('/');
  const octets = address.split('.').map(Number);
  if (octets.length !== 4 || prefix === undefined || octets.some((octet) => !(octet >= 0 && octet <= 255))) {
    throw new ValidationError(`Template error: Fn::Cidr takes an IPv4 block, not ${block}`);
  }
  const size = 2 ** bits;
  if (!(count >= 1 && count <= 256) || count * size > 2 ** (32 - Number(prefix))) {
    throw new ValidationError(`Template error: Fn::Cidr cannot cut ${count} blocks with ${bits} bits out of ${block}`);
  }
  const first = octets.reduce((number, octet) => number * 256 + octet, 0);
  return Array.from({ length: count }, (_, index) => {
    const start = first + index * size;
    return `${[3, 2, 1, 0].map((power) => Math.floor(start / 256 ** power) % 256).join('.')}/${32 - bits}`;
  });
}
