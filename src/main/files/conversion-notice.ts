/** What a file says of voices that a computer made; null where none was. */
export const conversionNotice = (singers: readonly string[]): string | null =>
  singers.length > 0 ? `AI converted: the voice of ${singers.join(', ')} was made by a computer` : null
