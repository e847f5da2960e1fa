/** Who writes a pair of a fleet and a stack. All write the same template, but for names and logical ids. */
export type Author = 'l1' | 'thinnest' | 'library';

/** Whether the pair gets a role that is there already, or has one made. */
export type Role = 'given' | 'made';

export const AUTHORS: readonly Author[] = ['l1', 'thinnest', 'library'];
export const ROLES: readonly Role[] = ['given', 'made'];
export const SIZES: readonly number[] = [1, 10, 100, 1000];
