/**
 * Lets only so many passwords be hashed at once. Each takes 19 MiB and a core for some 30 ms; a class that logs
 * in together waits a moment here, in order, instead of running the machine out of memory or of patience.
 */
/** OWASP's smallest recommended argon2id setting: 19 MiB, two passes, one lane. */
const argon2id = { algorithm: "argon2id", memoryCost: 19_456, timeCost: 2 } as const;

/** A code that a machine has made has so many random bits that nothing is gained by a slow hash. */
const argon2idOfCode = { algorithm: "argon2id", memoryCost: 1_024, timeCost: 1 } as const;

/** The longest password, in bytes; the first protocol has no other bound. */
export const maxPasswordBytes = 256;

type HashSetting = typeof argon2id | typeof argon2idOfCode;

/** What does the work. */
interface PasswordHasher {
  /** @returns the hash in PHC form */
  hash(password: string, setting: HashSetting): Promise<string>;
  /** @throws where the hash is none */
  verify(password: string, hash: string): Promise<boolean>;
}

export class HashGate {
  #free: number;
  #waiting: (() => void)[] = [];
  #hasher: PasswordHasher;

  /** @param width how many at once, at least one */
  constructor(width: number, hasher: PasswordHasher = Bun.password) {
    this.#free = width;
    this.#hasher = hasher;
  }

  /** How many wait for their turn. */
  get waiting(): number {
    return this.#waiting.length;
  }

  async hash(password: string): Promise<string> {
    return this.#run(() => this.#hasher.hash(password, argon2id));
  }

  /** @param code of `makeCode` */
  async hashCode(code: string): Promise<string> {
    return this.#run(() => this.#hasher.hash(code, argon2idOfCode));
  }

  async verify(password: string, hash: string): Promise<boolean> {
    return this.#run(() => this.#hasher.verify(password, hash));
  }

  async #run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free++;
      else next();
    }
  }
}
