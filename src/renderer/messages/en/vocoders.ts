import { plural } from '../plural.ts'
export const vocoders = {
  // VocoderSection
  vocoders: 'Vocoders',
  none: 'The renderers that come with the program need none.',
  train: 'Train a vocoder',
  importVocoder: 'Import a vocoder',
  notImported: 'The vocoder was not imported',
  isImported: (name: string) => `${name} can be chosen as a renderer.`,
  isIn: (name: string, path: string) => `${name} is in ${path}`,
  notExported: 'The vocoder was not exported',
  notRemoved: 'The vocoder was not removed',
  removeQuestion: (name: string) => `Remove ${name} from this machine?`,
  removeNote: 'Songs keep what was rendered, but nothing new can be rendered with it.',
  stepsOf: (network: string, steps: number) => `${network}, ${steps} ${plural(steps, 'step', 'steps')}`,

  // VocoderHead
  vocoder: 'Vocoder',
  name: 'Name of the vocoder',
  licence: 'What may be done with the vocoder',
  people: 'People',
  peopleNote: 'It turns converted features into samples, and learns that from people’s recordings.',
  folderOfPeople: 'A folder of people',
  addPerson: 'Add a person',
  experimentalNote:
    'Experimental: what was trained so far is behind the filter and WORLD. One person of eight is held out, so that what is learned can be judged.',
  personNumber: (number: number) => `Person ${number}`,
  nameOf: (number: number) => `Name of person ${number}`,
  recordingsOf: (name: string) => `Recordings of ${name}`,
  dropRecordings: 'Drop recordings of one person, spoken or sung.',
  dropNote: 'Dry, without others beside them; many people count for more than much of one.',
  needsName: 'The vocoder needs a name.',

  // NetworkBlock
  network: 'Network',
  networks: {
    'source-filter': 'Source and filter',
    flow: 'Flow',
    wavenet: 'WaveNet',
    'parallel-wavenet': 'Parallel WaveNet',
  },
  sizes: { compact: 'compact', large: 'large' },
  sized: (network: string, size: string) => `${network}, ${size}`,
  networkNotes: {
    'source-filter': 'pulses and noise through layers; the quickest',
    flow: 'noise made into sound by an invertible network',
    wavenet: 'one sample after the other; renders slowly',
    'parallel-wavenet': 'a WaveNet’s student: all samples at once; needs a trained WaveNet',
  },

  teacher: 'Its teacher',
  needsTeacher: 'A student learns from a trained WaveNet: train or import one first.',

  // VocoderRun, LearnedVocoder
  trainAnother: 'Train another vocoder',
  learned: (steps: number, people: number, time: string) =>
    `${steps} ${plural(steps, 'step', 'steps')}, from ${people} ${plural(people, 'person', 'people')}, ${time}`,
  heldOut: (names: string, loss: string) => `Held out: ${names}. Loss on them ${loss}.`,
  chosenInInspector: 'A region is rendered with it where the inspector says so.',
  afterFirstCheck: 'It can be chosen after the first check.',
  studentOf: (name: string) => `A student of ${name}.`,
  learnsFrom: (names: string) => `Learns from ${names}`,

  // VocoderCheckpoints
  person: 'Person',
  notLearnedFrom: (name: string) => `${name} (held out)`,
  isSinging: (step: string) => `Step ${step} is singing the recording`,
}
