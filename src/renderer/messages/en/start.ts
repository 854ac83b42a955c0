import { plural } from '../plural.ts'
export const start = {
  // DemoCard
  demoSong: 'Demo song',
  demoPicture: 'The demo song as notes: a lead voice of twelve bars and a harmony under it',
  leadVocal: 'Lead vocal',
  harmony: 'Harmony',
  tryDemo: 'Try the demo song',
  demoNote: (seconds: number) =>
    `${seconds} seconds, two stems made by the program’s own singing synthesizer. Give them a singer and hear the difference.`,
  opening: 'Opening…',
  openDemo: 'Open demo',

  // EngineCheck
  engineNotMeasured: 'The engine was not measured',
  reportNotCopied: 'The report was not copied',
  reportInClipboard: 'The engine report is in the clipboard.',
  engineCheck: 'Engine check',
  hideEngineCheck: 'Hide the engine check',
  convertsIn: (seconds: string, ago: string) =>
    `10 s of voice convert in ${seconds} s, measured on this machine ${ago}.`,
  notMeasured: 'Not measured yet',
  measureNote: 'A measurement converts a short phrase and takes some seconds.',
  gflops: 'GFLOP/s',
  enginesLabel: 'Engines, with billions of operations per second in training',
  memory: 'Memory',
  freeOf: (free: string, total: string) => `${free} of ${total} free`,
  disk: 'Disk',
  free: (bytes: string) => `${bytes} free`,
  threads: 'Threads',
  trainSinger: 'Train a singer',
  normalLength: (time: string) => `about ${time}, normal length`,
  measuring: 'measuring',
  measuringEngine: 'Measuring the engine',
  measureAgain: 'Measure again',
  measure: 'Measure',
  copyReport: 'Copy report',
  asking: 'Asking the engine…',
  realTime: (factor: string) => `⟦${factor}×⟧ real time`,

  // NativeEngine
  nativeNotInstalled: 'The native engine was not installed',
  nativeNotRemoved: 'The native engine was not removed',
  downloadRemoved: 'What was downloaded is removed.',
  nativeRemoved: 'The native engine is removed.',
  nativeTensorFlow: 'Native TensorFlow',
  waiting: 'waiting',
  notCanceled: 'It was not canceled',
  cancel: 'Cancel',
  downloadStays: 'What came stays for the next time.',
  isInstalled: (label: string, licence: string) => `${label} is installed. ${licence}.`,
  removeIt: 'Remove it',
  nativeNote: 'Trains singers several times faster than WebAssembly. Everything works without it.',
  whichOne: 'Which one',
  throwAway: 'Throw away',

  // RecentList
  recent: 'Recent',
  projects: (count: number) => `${count} ${plural(count, 'project', 'projects')}`,
  noRecent: 'Songs that you open or save show here.',
  movedOrDeleted: 'moved or deleted',
  locate: (name: string) => `Locate ${name}`,
  locateEllipsis: 'Locate…',

  // RecoveryLines
  discardQuestion: (name: string) => `Discard the unsaved work on “${name}”?`,
  keepIt: 'Keep it',
  discard: 'Discard',
  notDiscarded: 'The work was not discarded',
  discardUnsavedOf: (name: string) => `Discard the unsaved work on ${name}`,
  keepForLaterOf: (name: string) => `Keep for later: ${name}`,
  keepForLater: 'Keep for later',
  recoverOf: (name: string) => `Recover ${name}`,
  recover: 'Recover',
  discardOnly: (count: number, when: string) =>
    `${count} ${plural(count, 'edit', 'edits')}, kept ${when}, will be deleted. No other copy exists.`,
  discardUnsaved: (count: number, when: string) =>
    `${count} ${plural(count, 'edit', 'edits')}, kept ${when}, will be deleted. The saved file stays as it is.`,
  unsavedWork: (name: string, count: number, time: string) =>
    `⟦${name}⟧ has work that was not saved: ${count} ${plural(count, 'edit', 'edits')}, last kept at ${time}.`,
  neverSavedWork: (name: string, count: number, time: string) =>
    `⟦${name}⟧ has work that was not saved: ${count} ${plural(count, 'edit', 'edits')}, last kept at ${time}. It was never saved to a file.`,

  // SingerList
  shipsWith: 'ships with Understudy',
  trainedHere: 'trained here',
  consentOnFile: 'consent on file',
  notHeard: (name: string) => `${name} was not heard`,
  singersHere: 'Singers on this machine',
  train: 'Train',
  noSingers: 'No singers yet. Train one from a few minutes of dry voice.',
  hear: (name: string) => `Hear ${name}`,
  imported: 'imported',
  learning: (percent: number) => `learning, ${percent} %`,

  // StartScreen
  start: 'Start',
  newProject: 'New project',
  open: 'Open…',
  importStems: 'Import stems…',
  dropNote: 'Or drop vocal stems anywhere in this window. Everything stays on this machine.',
  dropNoteShared:
    'Or drop vocal stems anywhere in this window. What is converted or learned goes to the machines of your queue.',
  keyboardShortcuts: 'Keyboard shortcuts',
  preferences: 'Preferences',
  thisMachine: 'This machine',

  // engine-words
  inUse: 'in use',
  untested: 'not tried yet',
  refused: 'set aside',
  notInstalled: 'not installed',
  takesMemory: (bytes: string) => `takes ${bytes} of memory`,
  install: (bytes: string) => `Install, ${bytes}`,
  goOnAll: 'Go on, all is there',
  goOnLeft: (bytes: string) => `Go on, ${bytes} left`,
  takesDisk: (bytes: string, licence: string) => `Takes ${bytes} of disk at most. ${licence}.`,
  ready: 'ready',
  deviceWith: (device: string, bytes: string) => `${device} with ${bytes}`,
  version: (version: string) => `version ${version}`,
  training: (quick: string, normal: string, long: string) => `training ${quick} quick, ${normal} normal, ${long} long`,
  useTraining: 'training',
  useConversion: 'conversion',
  both: (first: string, second: string) => `${first} and ${second}`,
  nativeFor: { cpu: 'for the processor', gpu: 'for NVIDIA devices' },
}
