/** One change of the library's shape. Its place in the list is its number; numbers are never used again. */
export interface Migration {
  readonly name: string
  readonly sql: string
}
