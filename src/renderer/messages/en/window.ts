export const window = {
  saved: 'Saved.',
  notSaved: (reason: string) => `Not saved: ${reason}`,
}
