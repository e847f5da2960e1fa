/** Something that a service has, as the service tells it. */
export interface Thing {
  /** e.g. `fleet` */
  readonly kind: string;
  readonly name: string;
  /** In the service's own words; undefined for what has none, or none that is worth a word. */
  readonly state?: string;
  readonly detail?: string;
  /** All that the service tells, to compare. */
  readonly facts: object;
}

/** Lists all that a service has. */
export type Reader = () => Promise<Thing[]>;

/** How clients reach the loopback. */
export interface ClientSettings {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** All items of a list that comes in pages. */
export async function pages<T>(read: (token: string | undefined) => Promise<{ readonly items?: T[]; readonly next?: string }>): Promise<T[]> {
  const all: T[] = [];
  let token: string | undefined;
  do {
    const { items = [], next } = await read(token);
    all.push(...items);
    token = next;
  } while (token !== undefined);
  return all;
}
