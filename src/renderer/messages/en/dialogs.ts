import { commands } from './commands.ts'

/** By any id: one that is missing is shown as it is. */
const commandNames: Readonly<Partial<Record<string, string>>> = commands

export const dialogs = {
  // ConnectionBanner
  noAnswer: 'The engine room does not answer.',
  songPlaysOn: 'Your song is unchanged and plays as before; trying again.',
  notKnown: 'The engine room does not know this window.',
  openAddress: 'Open the address that ⟦understudy serve⟧ printed, with everything behind the #.',

  // FailureDetails
  versionOn: (version: string, platform: string) => `· Understudy ${version} on ${platform}`,
  close: 'Close',

  // FolderPicker
  chooseFiles: 'Choose files',
  chooseFile: 'Choose a file',
  chooseFolder: 'Choose a folder',
  saveAs: 'Save as',
  folderAbove: 'Folder above',
  foldersAndFiles: 'Folders and files',
  reading: 'Reading…',
  nothingToChoose: 'Nothing to choose here.',
  fileName: 'File name',
  cancel: 'Cancel',
  save: 'Save',
  chooseThisFolder: 'Choose this folder',
  chooseCount: (count: number) => `Choose ${count} files`,
  choose: 'Choose',

  // ImportRefusals
  oneRefused: 'One file was not imported',
  countRefused: (count: number) => `${count} files were not imported`,
  readable: (seconds: string) => `${seconds} s of it are readable.`,
  othersCameIn: 'The other files came in.',
  importReadable: 'Import the readable part',

  // NewProject
  untitled: 'Untitled',
  newProject: 'New project',
  name: 'Name',
  rate: 'Rate',
  samplingRate: 'Sampling rate',
  rateNote: 'Every stem is brought to this rate once, when it is imported.',
  create: 'Create',

  // ShortcutRow
  movesPanels: (keys: string) => `${keys} moves between the parts of the window and stays as it is.`,
  keyNotKept: 'The key was not kept',
  resetKey: (label: string) => `Reset the key of ${label}`,
  keyNotReset: 'The key was not reset',
  keyOf: (label: string, keys: string) => `${label}: ${keys}. Change`,
  pressKeys: 'Press keys…',
  belongsTo: (keys: string, owner: string) => `${keys} belongs to “${owner}”.`,
  takeIt: 'Take it',
  leaveIt: 'Leave it',
  pressNewKeys: 'press the new keys, Escape leaves it',
  noKey: 'no key',

  // Shortcuts
  everywhere: 'Everywhere',
  onLanes: 'On the lanes',
  onRuler: 'On the ruler',
  onMarker: 'On a marker',
  keyboardShortcuts: 'Keyboard shortcuts',
  searchShortcuts: 'Search shortcuts',
  search: 'Search',
  shortcuts: 'Shortcuts',
  noShortcut: 'No shortcut is called that.',
  keysOf: 'Keys of',
  keysNotKept: 'The keys were not kept',
  keysNote: 'A key is changed by clicking it. Changes are kept for every song.',
  keysNotReset: 'The keys were not reset',
  resetAll: 'Reset all',

  // Preferences
  folderNotWatched: 'The folder is not watched',
  preferences: 'Preferences',
  watchFolder: 'Watch folder',
  noFolder: 'none',
  chooseEllipsis: 'Choose…',
  stillWatched: 'The folder is still watched',
  stop: 'Stop',
  watchNote: 'Audio that appears there is listed in the browser. It is imported only when you say so.',
  engine: 'Engine',
  noneInUse: 'none in use',
  engineNotMeasured: 'The engine was not measured',
  measuring: 'Measuring…',
  measureAgain: 'Measure again',
  measure: 'Measure',
  library: 'Library',
  libraryNote: 'Singers, clips and jobs. Songs lie where you save them.',
  version: 'Version',
  versionAndPlatform: (version: string, platform: string) => `${version} on ${platform}`,
  followSystem: 'Motion and text size follow the system.',
  done: 'Done',
  language: 'Language',
  systemLanguage: (name: string) => `As the system (${name})`,
  look: 'Look',
  lookOfSystem: 'As the system',
  lookDark: 'Dark',
  lookHighContrast: 'High contrast',
  lookNotKept: 'The look was not kept',
  languageNotKept: 'The language was not kept',
  engineFacts: (reason: string, ago: string | null) =>
    `In use: ${reason}${ago === null ? '' : `; measured ${ago}`}. Engines whose results are right are compared; ⟦UNDERSTUDY_BACKEND⟧ overrides the choice.`,
  commandName: (id: string) => commandNames[id] ?? id,
}
