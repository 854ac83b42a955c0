import { plural } from '../plural.ts'
export const instruments = {
  // InstrumentSection
  instruments: 'Instruments',
  none: 'Domains of music that you train play your melodies here. Experimental.',
  train: 'Train instruments',
  importInstrument: 'Import an instrument',
  notImported: 'The instrument was not imported',
  isImported: (name: string) => `${name} can play.`,
  isIn: (name: string, path: string) => `${name} is in ${path}`,
  notExported: 'The instrument was not exported',
  notRemoved: 'The instrument was not removed',
  playSelected: 'Play the selected regions',
  addBeside: 'Train another below its encoder',
  removeQuestion: (name: string) => `Remove ${name} from this machine?`,
  removeNote: 'Songs keep what was played, but nothing new can be played with it.',
  learnedFor: (time: string) => `experimental, from ${time}`,

  // DomainsHead
  rights: 'Rights',
  severalNote: 'Two or more are learned under one encoder, each from recordings of its own.',
  besideNote: (name: string) => `One more, below the encoder of ${name}, which stays as it is.`,
  addInstrument: 'Add an instrument',
  whose: 'Whose recordings these are',
  licence: 'What may be done with the instruments',
  mayLearn: 'Everyone who plays here agrees, or nobody has to be asked.',
  experimentalNote:
    'Experimental: of recorded instruments, melodies were kept only in part at the size that was tried; tones are often lost in noise. Each render is measured against what was played.',

  // DomainBlock
  instrumentNumber: (number: number) => `Instrument ${number}`,
  nameOf: (number: number) => `Name of instrument ${number}`,
  addRecordings: 'Add recordings',
  leaveOut: (name: string) => `Leave out ${name}`,
  dropRecordings: 'Drop recordings of one instrument, ensemble or voice.',
  dropNote: 'Dry, without others beside it; the more the better.',
  needsWhose: 'Say whose recordings these are.',
  needsAgreement: 'Confirm that these recordings may be learned from.',

  // RecordingTable
  recording: 'Recording',

  // SizeBlock
  size: 'Size',
  sizes: { preview: 'Preview', compact: 'Compact', paper: 'As published', long: 'As published, longer' },
  sizeNotes: {
    preview: 'told the melody; for sounds of one voice',
    compact: 'notes and chords, for a fast engine',
    paper: 'needs graphics devices for days',
    long: 'a longer reach, as long again',
  },
  sameSize: (name: string) => `As ${name}`,
  sameSizeNote: 'one decoder more; the encoder is kept',

  // DomainRun
  trainOthers: 'Train other instruments',
  terms: {
    reconstruction: 'reconstruction',
    classifier: 'telling them apart',
    accuracy: 'told rightly',
    regressor: 'telling the pitch',
  },

  // LearnedDomains
  countRecordings: (count: number) => `${count} ${plural(count, 'recording', 'recordings')}`,
  canPlay: (steps: number) => `plays, from step ${steps}`,
  afterFirstCheck: 'plays after the first check',
}
