import type { ClipFault } from '../../../shared/screening/finding.ts'
import { plural } from '../plural.ts'
export const training = {
  // CheckpointRow
  checkpointNotTaken: 'The checkpoint was not taken',
  singsAsAfter: (singer: string, steps: string) => `${singer} sings as after ${steps} steps.`,
  isSingingStem: (step: string) => `Step ${step} is singing your stem`,
  stopStep: (step: string) => `Stop step ${step}`,
  hearStep: (step: string) => `Hear step ${step}`,
  best: 'best',
  onlyPhraseKept: 'only its phrase is kept',
  notKept: 'no longer kept',
  inUse: 'In use',
  use: 'Use',

  // CheckpointsBlock
  checkpointNotPlayed: 'The checkpoint was not played',
  checkpoints: 'Checkpoints',
  compareInLoop: 'Compare in a loop',
  original: 'Original',
  stopComparing: 'Stop comparing',
  listen: 'Listen',
  step: 'Step',
  error: 'Error',
  change: 'Change',
  remark: 'Remark',

  // ClipDetails
  findings: 'Findings',
  cutInto: (clip: string, count: number, used: number) => `${clip}, cut at quiet places into ${count}; ${used} used`,
  slicesOf: (clip: string) => `Slices of ${clip}`,
  cutNote: 'Cut at quiet places. Silence between the slices is not learned from.',
  finding: (_fault: ClipFault, words: string) => words,

  // ClipTable
  clipNotPlayed: 'The clip was not played',
  othersNotJudged: 'The other clips were not judged anew',
  clip: 'Clip',
  length: 'Length',
  lufs: 'LUFS',
  noise: 'Noise',
  voiced: 'Voiced',
  range: 'Range',
  verdict: 'Verdict',
  remove: 'Remove',
  stopClip: (clip: string) => `Stop ${clip}`,
  hearClip: (clip: string) => `Hear ${clip}`,
  cutsAndFindings: (clip: string) => `${clip}: cuts and findings`,
  removeClip: (clip: string) => `Remove ${clip}`,

  // ClipsBlock
  clipsNotRead: 'The clips were not read',
  clips: 'Clips',
  usable: (time: string) => `${time} usable`,
  suggested: (time: string) => `${time} of voice or more suggested`,
  addClips: 'Add clips',
  listeningToClips: 'Listening to the clips',
  notCanceled: 'It was not canceled',
  cancel: 'Cancel',
  dropClips: 'Drop recordings of one voice here: dry, alone, without reverb.',
  dropNote: 'Each is listened to and gets a verdict before anything is trained.',

  // CoverageBlock
  everyNoteCovered: 'Every note between the lowest and the highest is covered.',
  thinNotes: (runs: readonly string[], seconds: number) =>
    `${runs.slice(0, 3).join(', ')}${runs.length > 3 ? ` and ${runs.length - 3} more` : ''} ${runs.length === 1 && !runs[0].includes(' to ') ? 'is' : 'are'} thin: less than ${seconds} s of voice.`,
  comparedHigher: (octaves: number) =>
    ` Compared ${octaves} ${plural(octaves, 'octave', 'octaves')} higher, as it will be sung.`,
  comparedLower: (octaves: number) =>
    ` Compared ${octaves} ${plural(octaves, 'octave', 'octaves')} lower, as it will be sung.`,
  pitchCoverage: 'Pitch coverage',
  secondsPerNote: 'seconds of voice per note',
  inClips: 'in the clips',
  songAsks: (song: string) => `${song} asks`,
  missing: 'missing',
  compareWith: 'Compare with',
  wholeSong: 'The whole song',
  coveragePicture: (sentence: string) => `Seconds of voice per note. ${sentence}`,
  stillListened: (count: number) => `${count} ${plural(count, 'stem is', 'stems are')} still being listened to.`,
  gap: (words: string, _song: string, _runs: readonly string[], _seconds: readonly number[]) => words,

  // LengthBlock
  quick: 'Quick',
  quickNote: 'a first impression',
  normal: 'Normal',
  normalNote: 'good for most',
  long: 'Long',
  longNote: 'wide ranges',
  waveformNotes: {
    quick: 'a small network, to hear how it goes',
    normal: 'half the published width',
    long: 'the published network',
  },
  notStarted: 'The training did not start',
  trainingLength: 'Length',
  steps: (count: string) => (count === '1' ? '1 step' : `${count} steps`),
  timesFrom: (time: string) => `Times from the engine check, for ${time} of clips; it may end sooner by itself.`,
  timesUnknown: 'Times are known once this machine is measured.',
  measuring: 'Measuring…',
  measure: 'Measure',
  engine: 'Engine',
  foundAtStart: 'is found at the start',
  memory: 'Memory',
  aboutOfFree: (bytes: string, free: string) => `about ${bytes} of ${free} free`,
  disk: 'Disk',
  ofFree: (bytes: string, free: string) => `${bytes} of ${free} free`,
  startLearning: 'Start learning',
  goesOnWhenClosed: 'Goes on when you close this page or the app.',

  // ListenOn
  heldBackPhrase: 'one held-back phrase',
  yourSong: (stem: string) => `your song: ${stem}`,
  heardOn: 'Heard on',

  // ResumeBanner
  trainingNotRead: 'The training was not read',
  show: 'Show',
  notStopped: 'It was not stopped',
  stopAndKeep: 'Stop and keep',
  didNotGoOn: 'It did not go on',
  resume: 'Resume',
  decideLater: 'Decide later',

  // RunBlock
  waitingToLearn: 'Waiting to learn',
  learning: 'Learning',
  paused: 'Paused',
  learned: 'Learned',
  discarded: 'Discarded',
  stoppedByFault: 'Stopped by a fault',
  summary: (best: string, count: string, time: string, engine: string) =>
    `Best at step ${best} of ${count}. It took ${time} on ${engine}.`,
  summaryEarly: (best: string, count: string, time: string, engine: string) =>
    `Best at step ${best} of ${count}, ended when it no longer got better. It took ${time} on ${engine}.`,
  took: (time: string) => `It took ${time}.`,
  learningStage: 'Learning',
  discardQuestion: (singer: string) => `Discard ${singer}?`,
  discardThis: 'Discard this training?',
  discardNote: 'The training ends and its checkpoints are deleted. The clips stay where they are.',
  goOnLearning: 'Go on learning',
  discard: 'Discard',
  notDiscarded: 'It was not discarded',
  notPaused: 'It was not paused',
  pause: 'Pause',
  goOn: 'Go on',
  trainAnother: 'Train another singer',
  goesOnShort: 'goes on when you close this page or the app',
  stages: 'Stages',
  learningOf: (singer: string) => `Learning ${singer}`,
  errorPicture: (sentence: string) => `Error over the steps. ${sentence}`,
  errorHeldBack: 'error on held-back phrases',
  errorLearning: 'error while learning',
  left: (time: string) => `${time} left`,

  // SingersBar
  learnedTogether: 'Singers of this training',
  singerNumber: (number: number) => `Singer ${number}`,
  leaveOut: (name: string) => `Leave ${name} out of this training`,
  learnTogether: 'Learn another singer with this one',
  togetherNote: 'Each has a name, an agreement and clips of their own, and becomes a singer of their own.',

  // TrainingScreen
  voice: 'Voice',
  run: 'Run',
  curveNotRead: 'The curve was not read',
  trainSinger: 'Train a singer',
  stepsLabel: 'Steps',
  backToSong: 'Back to the song',
  back: 'Back',

  // VerdictCell
  keep: 'Keep',
  skip: 'Skip',
  reason: (words: string) => words,

  // VoiceBlock
  singerName: 'Name of the singer',
  ownerAgrees: 'The owner of this voice agrees',
  owner: 'Owner of the voice',
  whoAgreed: 'Who agreed, and how',
  consentNote: 'Goes into the singer’s card and into every file you export with it.',
  rangeFound: (range: string) => `Range found: ⟦${range}⟧`,

  // paint-loss
  firstNotCome: 'The first checkpoint has not come yet.',
  firstIsThere: 'The first checkpoint is there.',
  stillBetter: (steps: string, percent: string) =>
    `Still getting better: the last ${steps} steps lowered the error by ${percent} %.`,
  gotWorse: (steps: string, percent: string) =>
    `The last ${steps} steps raised the error by ${percent} %; the best checkpoint is kept.`,
  changedNothing: (steps: string) => `The last ${steps} steps changed nothing.`,
  stoppedAt: (title: string, percent: number) =>
    `⟦${title}⟧ stopped at ${percent} % when the program ended. Its last checkpoint is kept.`,
}
