import { plural } from '../plural.ts'
export const emotionTraining = {
  // EmotionScreen
  title: 'Train an emotion model',
  model: 'Model',
  learner: 'Method',

  // ModelBlock
  name: 'Name of the model',
  whoseClips: 'Whose clips these are',
  licence: 'What may be done with the model',
  cardNote: 'Goes into the model’s card and into its file.',
  knows: (emotions: string) => `Knows ${emotions}.`,
  from: (whose: string, clips: number, people: number, time: string) =>
    `${whose}: ${clips} ${plural(clips, 'clip', 'clips')} of ${people} ${plural(people, 'person', 'people')}, ${time}.`,
  heldOut: (wanted: number, real: number) =>
    `On clips held out the wanted emotion is ${wanted} % probable to a judge that gives real clips ${real} %.`,
  noneHeldOut: 'No clip was held out to judge by.',

  // LabeledClips
  usedOf: (used: number, count: number, time: string) => `${used} of ${count} used, ${time}`,
  chooseFolder: 'Choose folder',
  listeningTo: (count: number) => `Listening to ${count} ${plural(count, 'clip', 'clips')}`,
  folderWords: {
    statistics:
      'Choose a folder of clips: neutral and at least one other emotion of the same people, two clips of each.',
    relgan: 'Choose a folder of clips: at least three emotions with two clips each, neutral among them.',
  },
  folderNote:
    'Labels come from a folder for each emotion (and in it one for each person), from a table.csv with the columns file, emotion and person, or from names as EmoDB’s or RAVDESS’s.',

  // EmotionCounts
  countsCaption: 'Clips that are used, by emotion and person',
  person: 'Person',
  unknownPerson: 'not told',
  countPeople: (count: number) => `${count} ${plural(count, 'person', 'people')}`,

  // LabeledTable
  leftOut: 'Left out',
  allClips: 'All clips',
  shownClips: 'Clips that are shown',
  countClips: (count: number) => `${count} ${plural(count, 'clip', 'clips')}`,
  emotionOf: (clip: string) => `Emotion of ${clip}`,
  moreClips: (count: number) => `and ${count} more`,

  // LearnerBlock
  learners: { statistics: 'Statistics', compact: 'Network, compact', paper: 'Network, as published' },
  learnerNotes: {
    statistics: 'needs neutral clips of each person',
    compact: 'for a laptop',
    paper: 'needs a fast engine',
  },
  readingTakes: (time: string) => `The clips are read once, ${time} of them.`,
  timeAfterClips: 'The time is known once the clips are there.',
  noEngine: 'none needed',
  timesAfterClips: 'Times are known once the clips are there and this machine is measured.',

  // EmotionRun
  trainAnother: 'Train another emotion model',
  judged: (wanted: number, real: number) =>
    `A judge finds the wanted emotion ${wanted} % probable in held-out clips; in real ones ${real} %.`,
  lossesAt: (step: string) => `Losses by name, at step ${step}`,
  generator: 'Generator',
  discriminator: 'Discriminator',
  terms: {
    adversarial: 'adversarial',
    backward: 'way back',
    mode: 'mode seeking',
    cycle: 'cycle',
    identity: 'identity',
    triangle: 'triangle',
    conditional: 'matching',
    interpolation: 'interpolation',
    real: 'real pairs',
    fake: 'made pairs',
    'wrong-first': 'wrong first clip',
    'wrong-source': 'wrong source',
    'wrong-target': 'wrong target',
    'wrong-second': 'wrong second clip',
  },

  // HearTables
  hear: 'Listen',

  // EmotionCheckpoints
  sourceEmotion: 'From',
  targetEmotion: 'To',
  isMaking: (step: string) => `Step ${step} is changing the clip`,

  // EmotionSection
  models: 'Emotion models',
  noModels: 'The emotions that come with the program need none.',
  train: 'Train an emotion model',
  importModel: 'Import an emotion model',
  notImported: 'The emotion model was not imported',
  isImported: (name: string, emotions: string) => `${name} knows ${emotions}.`,
  isIn: (name: string, path: string) => `${name} is in ${path}`,
  notExported: 'The emotion model was not exported',
  notRemoved: 'The emotion model was not removed',
  removeQuestion: (name: string) => `Remove ${name} from this machine?`,
  removeNote: 'Songs keep what was converted, but nothing new can be made with its emotions.',
  learning: 'learning',

  // emotion-labels
  ofModel: (emotion: string, model: string) => `${emotion}, ${model}`,

  // EmotionChoice
  emotionsOf: 'Emotions of',
  shipped: 'the program',
}
