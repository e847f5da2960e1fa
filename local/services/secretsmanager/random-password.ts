import { randomInt } from 'crypto';
import type { GetRandomPasswordRequest } from '@aws-sdk/client-secrets-manager';
import { AwsError } from '../../wire/aws-error';

/** A password as GetRandomPassword makes it. */
export function randomPassword({ PasswordLength = 32, RequireEachIncludedType = true, ...rules }: GetRandomPasswordRequest): string {
  const types = alphabets(rules);
  if (types.length === 0) {
    throw new AwsError('InvalidParameterException', 'The password has no characters to choose from.');
  }
  const required = RequireEachIncludedType ? types : [];
  if (required.length > PasswordLength) {
    throw new AwsError('InvalidParameterException', `A password of ${PasswordLength} characters cannot have one of each of ${required.length} types.`);
  }
  const characters = required.map(pick);
  const all = types.join('');
  while (characters.length < PasswordLength) {
    // At any place, so that those that are required do not stand in front.
    characters.splice(randomInt(characters.length + 1), 0, pick(all));
  }
  return characters.join('');
}

/** What each type of character may be, without the types that are excluded or of which nothing is left. */
function alphabets(rules: GetRandomPasswordRequest): string[] {
  const types: [boolean | undefined, string][] = [
    [rules.ExcludeLowercase, 'abcdefghijklmnopqrstuvwxyz'],
    [rules.ExcludeUppercase, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
    [rules.ExcludeNumbers, '0123456789'],
    [rules.ExcludePunctuation, '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'],
    [!rules.IncludeSpace, ' '],
  ];
  return types
    .filter(([excluded]) => !excluded)
    .map(([, alphabet]) => [...alphabet].filter((character) => !rules.ExcludeCharacters?.includes(character)).join(''))
    .filter((alphabet) => alphabet !== '');
}

function pick(alphabet: string): string {
  return alphabet[randomInt(alphabet.length)];
}
