/**
 * What the application says beside failures, by code: the English of the command line stands here, and a window that
 * speaks another language has its own words for every code.
 */
const english = {
  // Why an engine is used, or is not.
  installed: () => 'installed',
  'not-installed': () => 'not installed',
  'not-tried': () => 'not tried yet',
  'no-graphics-device': () => 'no graphics device on this machine',
  'no-windows': () => 'only the desktop program has windows',
  'no-page': () => 'its page is not built',
  'in-desktop': () => 'part of the desktop program',
  'always-there': () => 'always there',
  'for-comparisons': () => 'for comparisons',
  'right-but-slower': () => 'the right numbers, slower',
  fastest: () => 'fastest with the right numbers',
  quickest: () => 'quickest with the right numbers',
  'quick-and-small': () => 'quick enough for previews, and small',
  'asked-for': () => 'asked for by UNDERSTUDY_BACKEND',
  'asked-unknown': (name: string) => `asked for was “${name}”, which is no engine of this program`,
  'asked-absent': (name: string, why: string) => `asked for was “${name}”, which is ${why}`,
  /** The label and the id of the engine that a person would look for first. */
  'nothing-else': (engine: string, _id: string, why: string) => `always there; ${engine}: ${why}`,
  /** In the words of the self-test, for those who mend engines. */
  'self-test-failed': (found: string) => found,

  // What stands against installing the native engine.
  'no-archive': (place: string) =>
    `There is no known-good native engine for ${place}; it can be installed on Linux on x64 with GNU’s C library only. Training works with WebAssembly.`,
  'other-c-library': (place: string) => `${place} without GNU’s C library`,
  'no-compiler': () => 'a C++ compiler (the package g++)',
  'no-npm': () => 'npm',
  'neither-nor': (one: string, other: string) => `${one} and no ${other}`,
  'tools-missing': (tools: string) =>
    `The native engine’s addon is compiled on this machine, which has no ${tools}. Install it, then try again.`,

  // What a person should know of at the start, or while the program runs.
  'ran-and-can-go-on': (title: string) =>
    `“${title}” was running when the program ended. It can go on where it stopped.`,
  'ran-and-may-start': (title: string) =>
    `“${title}” was running when the program ended. Start it again if you want it.`,
  'library-rebuilt': (singers: string, clips: string, oldName: string) =>
    `The library could not be read and was built again from its files: ${count(singers, 'singer')} and ` +
    `${count(clips, 'clip')} found. The list of recent projects and the jobs are gone; songs are untouched. ` +
    `The old library is kept as “${oldName}”.`,
  'not-taken-over': (reason: string) => `Not taken over: ${reason}`,
  'too-many-watched': (folder: string) =>
    `The system watches too many files already, so “${folder}” is not watched. Choose a folder with fewer files.`,
  'watch-ended': (folder: string, reason: string) => `“${folder}” cannot be watched any more: ${reason}`,
  'song-newer': (name: string) =>
    `“${name}” was made with a newer Understudy. What this one does not know is left out of the copy; the file is not changed.`,
} satisfies Readonly<Record<string, (...values: string[]) => string>>

type English = typeof english
export type ToldCode = keyof English

/** What stands in a sentence: a name, a figure, or other words of the application. */
export type ToldValue = string | Told

/** One thing said: its code, and what stands in it, in order. */
export interface Told {
  readonly code: ToldCode
  readonly values: readonly ToldValue[]
}

/** A language's words for every code, with the same values. */
export type ToldWords = { readonly [Code in ToldCode]: (...values: Parameters<English[Code]>) => string }

type ToldValues<Words extends readonly string[]> = { [Place in keyof Words]: ToldValue }

export const tell = <Code extends ToldCode>(code: Code, ...values: ToldValues<Parameters<English[Code]>>): Told => ({
  code,
  values,
})

/** What is told, in a language. */
export function inWords(told: Told, words: ToldWords): string {
  const say: (...values: string[]) => string = words[told.code]
  return say(...told.values.map((value) => (typeof value === 'string' ? value : inWords(value, words))))
}

/** For the command line and the log. */
export const inEnglish = (told: Told): string => inWords(told, english)

const count = (number: string, noun: string): string => `${number} ${noun}${number === '1' ? '' : 's'}`
