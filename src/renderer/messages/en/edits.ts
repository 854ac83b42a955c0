export const edits = {
  regions: (count: number) => `${count} regions`,
  valueOf: (label: string, what: string) => `${label} of ${what}`,
  clearOf: (label: string, what: string) => `Clear ${label.toLowerCase()} of ${what}`,
  sing: (what: string, singer: string) => `Sing ${what} with ${singer}`,
  singWith: (singer: string) => `Sing with ${singer}`,
  hearOriginal: 'Hear the original',
  hearConverted: 'Hear the converted',
  moveByOctave: (what: string) => `Move ${what} by an octave`,
  takeOf: (number: number, what: string) => `Take ${number} of ${what}`,
  starTake: (number: number, what: string) => `Star take ${number} of ${what}`,
  unstarTake: (number: number, what: string) => `Unstar take ${number} of ${what}`,
  place: (name: string) => `Place ${name}`,
}
