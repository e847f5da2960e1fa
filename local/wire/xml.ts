/** How a list is written: each item wrapped in an element of this name, or the list's own element repeated. */
export type XmlLists = { readonly wrap: string } | 'flattened';

/** Renders a value as an XML element; members that are `undefined` are left out. */
export function xmlElement(name: string, value: unknown, lists: XmlLists): string {
  if (value === undefined || value === null) {
    return '';
  }
  if (Array.isArray(value)) {
    return lists === 'flattened'
      ? value.map((item) => xmlElement(name, item, lists)).join('')
      : `<${name}>${value.map((item) => xmlElement(lists.wrap, item, lists)).join('')}</${name}>`;
  }
  return `<${name}>${xmlContent(value, lists)}</${name}>`;
}

/** Renders what stands inside an element. */
export function xmlContent(value: unknown, lists: XmlLists): string {
  if (value instanceof Date) {
    return value.toISOString();
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).map(([name, member]) => xmlElement(name, member, lists)).join('');
  }
  return escape(String(value));
}

function escape(text: string): string {
  return text
    // XML 1.0 cannot hold them in any form, and the reason of a failure may quote a terminal's colours.
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    // A parser would make a line feed of it.
    .replace(/\r/g, '&#13;');
}

/** The text between two tags. */
export function xmlText(text: string): string {
  const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (entity, hex, decimal, name) => hex || decimal
    ? String.fromCodePoint(parseInt(hex ?? decimal, hex ? 16 : 10))
    : named[name] ?? entity);
}
