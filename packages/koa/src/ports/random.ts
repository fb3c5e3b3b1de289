/** Where unguessable things come from. */
export interface Random {
  /** 256 bits, base64url: links, codes, tokens, cookies. */
  secret(): string;
  /** 128 bits, base64url: names of records. */
  id(): string;
  /** Decimal digits, each equally likely. */
  digits(length: number): string;
}
