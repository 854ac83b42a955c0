const cardinals = new Intl.PluralRules('en')
const ordinals = new Intl.PluralRules('en', { type: 'ordinal' })
const ordinalEndings: Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> = { one: 'st', two: 'nd', few: 'rd' }

/** The form of an English word or sentence that a count asks for. Korean has one form for every count. */
export const plural = (count: number, one: string, other: string): string =>
  cardinals.select(count) === 'one' ? one : other

/** "1st", "22nd", "113th". */
export const ordinal = (place: number): string => `${place}${ordinalEndings[ordinals.select(place)] ?? 'th'}`
