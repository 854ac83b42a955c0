import { ordinal } from '../plural.ts'
export const state = {
  // commands
  noMarkerBehind: 'There is no marker behind here.',
  noMarkerBefore: 'There is no marker before here.',
  markerAdded: (name: string) => `${name} added.`,
  markerIsHere: 'A marker stands here already.',
  take: (number: number) => `Take ${number}.`,
  takeOfMany: (number: number, count: number) => `Take ${number} of ${count}.`,
  nothingToConvert: 'Nothing to convert: choose regions on a singer track, or give them a singer with G.',
  alreadyConverted: 'Already converted: change the singer, the emotion or the pitch for another sound.',

  // Conversions
  hasNewTake: (region: string) => `${region} has a new take; its comp stays as it is.`,
  isConverted: (region: string) => `${region} is converted.`,

  // Editor

  // Imports
  isBack: (name: string) => `${name} is back.`,
  filesAreBack: (count: number) => `${count} files are back.`,
  hasNotChanged: (name: string) => `${name} has not changed.`,
  isReloaded: (name: string) => `${name} is reloaded; what was converted from it is out of date.`,
  imported: (name: string) => `Imported ${name}.`,
  importedFiles: (count: number) => `Imported ${count} files.`,

  // EmotionTraining
  modelNeedsName: 'The model needs a name.',
  modelIsHere: (name: string) => `An emotion model called “${name}” is already here.`,
  needsWhoseClips: 'Say whose clips these are.',
  needsLicence: 'Say what may be done with the model.',
  needsFolder: 'Choose a folder of labeled clips.',
  labeledTwice: (one: string, other: string) => `the same recording is labeled ${one} and ${other}`,

  // Library
  singerIsHere: (name: string) => `A singer called “${name}” is already here.`,

  // Markers

  // Shell
  details: 'Details',
  reportProgram: (version: string, platform: string, host: string) => `Understudy ${version} on ${platform} (${host})`,
  reportEngine: (engine: string) => `Compute engine: ${engine}`,
  detailsInClipboard: 'The details are in the clipboard.',
  detailsNotCopied: 'The details were not copied',

  // Training
  nameTwice: (name: string) => `Two singers of this training are called “${name}”.`,
  partNamedTwice: (name: string) => `Two of this training are called “${name}”.`,
  partNeedsName: 'It needs a name.',
  partNeedsRecording: 'It needs a recording.',
  missingFor: (name: string, words: string) => `${name}: ${words}`,
  needsName: 'The singer needs a name.',
  needsConsent: 'Say that the owner of the voice agrees, and how.',
  listeningToClips: 'The clips are being listened to.',
  needsClip: 'At least one clip with a voice is needed.',

  // assign
  playsAsTheyAre: (track: string) => `“${track}” plays sources as they are; a sung region belongs on a singer track.`,

  // curve-words

  // file-kinds
  audioFiles: 'Audio',
  songFiles: 'Understudy song',
  singerFiles: 'Singer',
  emotionFiles: 'Emotion model',

  // land-regions

  // landing
  noLaneThatFar: (region: string) => `There is no lane for “${region}” that far away.`,
  tracksOfTheirOwn: 'Regions of different singers need tracks of their own: bring them one singer at a time.',

  // range-words
  goesUpTo: (note: string, singer: string, last: string) =>
    `Goes up to ${note}; the notes of ${singer} end at ${last}.`,
  goesDownTo: (note: string, singer: string, first: string) =>
    `Goes down to ${note}; the notes of ${singer} begin at ${first}.`,
  liesOutside: (outside: string, voiced: string) => `${outside} of ${voiced} s of voice lie outside.`,

  // region-state
  conversionFailed: 'The conversion failed.',
  sungBy: (singer: string) => `sung by ${singer}`,
  playedBy: (instrument: string) => `played by ${instrument}`,
  played: 'played',
  instrumentFiles: 'Instruments',
  vocoderFiles: 'Vocoders',
  vocoderIsHere: (name: string) => `There is already a vocoder called “${name}”.`,
  instrumentIsHere: (name: string) => `There is already an instrument called “${name}”.`,
  notConverted: 'not converted',
  outOfDate: 'out of date',
  isMissing: (file: string) => `file ${file} is missing`,
  failed: 'failed',
  waiting: 'waiting',
  waitingAt: (place: number) => `waiting, ${ordinal(place)}`,
  place: (place: number) => `${ordinal(place)}`,
  convertingFor: (percent: number, seconds: number) => `${percent} % · ${seconds} s`,
  convertingSpoken: (percent: number) => `converting, ${percent} percent`,
  failedBecause: (reason: string) => `failed, ${reason}`,
  original: 'original',
  converted: 'converted',

  // sing

  // take-words
  notUsed: 'not used',
  usedThroughout: 'used',
  usedInPart: 'used in part',
  neutral: 'neutral',
  drawn: 'drawn',
  somebody: 'somebody',

  // Outputs, region-state
  systemOutput: 'System default',
  outputNotOpened: (device: string, chosen: string) =>
    `“${device}” could not be opened. The song still sounds on “${chosen}”.`,
  outputsNotNamed: 'The browser may not name the outputs, so the song sounds on the system’s default.',
  outputGone: (device: string) => `Output changed to the system’s default: “${device}” is gone.`,
  outputGoneAndStopped: (device: string) =>
    `Output changed to the system’s default: “${device}” is gone. The song stopped and stays where it was.`,
  noOutput: 'No output device is left.',
  noOutputAndStopped: 'No output device is left. The song stopped and stays where it was.',
  shortReasons: {
    'audio-silent': 'silent',
    'audio-empty': 'no sound',
    'audio-too-short': 'too short',
    'audio-too-long': 'too long',
    'audio-unvoiced': 'no voice found',
    'audio-not-finite': 'damaged sound',
    'audio-unreadable': 'unreadable',
    'checkpoint-invalid': 'singer file damaged',
    'content-damaged': 'stored bytes damaged',
    'content-missing': 'not in the store',
    'disk-full': 'disk full',
    'engine-device-lost': 'device lost',
    'engine-out-of-memory': 'out of memory',
    'engine-stopped': 'engine stopped',
    'engine-unavailable': 'no engine',
    'file-missing': 'file missing',
    'job-interrupted': 'interrupted',
    'queue-unreachable': 'queue unreachable',
    'singer-unknown': 'singer missing',
    'store-refused': 'store refused',
    'store-unreachable': 'store unreachable',
    'training-diverged': 'training diverged',
  },
}
