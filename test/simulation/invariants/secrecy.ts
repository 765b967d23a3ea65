import type { Violate } from './invariant-violation.ts';

/** The beginning of every token of the simulator. */
const TOKEN = Buffer.from('{"sv":"000002","alg":"HS512","v":"2.0"}').toString('base64url');

/** No secret is stored, logged or published. */
export class Secrecy {
  readonly #secrets: string[] = [TOKEN];
  readonly #violate: Violate;

  constructor(secrets: readonly string[], violate: Violate) {
    for (const secret of secrets) this.keep(secret);
    this.#violate = violate;
  }

  keep(secret: string): void {
    if (secret !== '') this.#secrets.push(secret);
  }

  seen(where: string, text: string): void {
    if (this.#secrets.some((secret) => text.includes(secret)))
      this.#violate('secrets-stay-secret', `a secret is in ${where}`);
  }
}
