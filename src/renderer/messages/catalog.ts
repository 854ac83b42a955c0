/** A word or sentence, or what makes one of what is told to it. */
export type Message = string | ((...facts: never[]) => string)

/** One room's messages; tables of messages may lie in it. */
export interface Catalog {
  readonly [key: string]: Message | Catalog
}

/** What a catalog must be to stand for another one: the same keys, and functions that take the same facts. */
export type Translation<Original> = {
  readonly [Key in keyof Original]: Original[Key] extends (...facts: infer Facts) => string
    ? (...facts: Facts) => string
    : Original[Key] extends string
      ? string
      : Translation<Original[Key]>
}

/** A function of fewer facts stands for one of more, as the language has it; in a translation it lost one. */
export type Exactly<Original, Own> = {
  readonly [Key in keyof Original]: Original[Key] extends (...facts: infer Facts) => string
    ? Own extends { readonly [Same in Key]: (...facts: infer OwnFacts) => string }
      ? Facts['length'] extends OwnFacts['length']
        ? Original[Key]
        : never
      : never
    : Original[Key] extends string
      ? string
      : Own extends { readonly [Same in Key]: infer Inner }
        ? Exactly<Original[Key], Inner>
        : never
}
