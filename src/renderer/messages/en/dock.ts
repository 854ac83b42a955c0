import { plural } from '../plural.ts'
export const dock = {
  // Dock
  regionEditor: 'Region editor',
  mixer: 'Mixer',
  jobs: 'Jobs',
  history: 'History',

  // EngineBanner
  notTriedAgain: 'It was not tried again',
  stopped: (title: string) => `${title} stopped.`,
  songPlaysOn: (waiting: number) =>
    `Your song is unchanged and plays as before${waiting > 0 ? `; ${waiting} ${plural(waiting, 'region waits', 'regions wait')}` : ''}.`,
  stoppedTitle: (title: string) => `${title} stopped`,
  details: 'Details',
  tryAgain: 'Try again',
  dismiss: 'Dismiss',

  // Footer
  editor: 'Editor',
  notSaved: 'Not saved',
  edited: 'Edited',
  noChanges: 'No changes',
  saved: (time: string) => `Saved ${time}`,
  status: 'Status',
  notUpToDate: (count: number) => `${count} ${plural(count, 'region', 'regions')} not up to date`,
  convert: 'Convert',
  engine: 'Engine',
  none: 'none',
  free: (bytes: string) => `⟦${bytes}⟧ free`,

  // HistoryPanel
  asOpened: 'As it was opened',
  countSteps: (count: number) => `${count} ${plural(count, 'step', 'steps')}`,
  steps: 'Steps',
  takenBack: (label: string) => `${label}, taken back`,

  // JobActs
  tryAgainOf: (title: string) => `Try again: ${title}`,
  whatItMeans: (title: string) => `What it means: ${title}`,
  show: (name: string) => `Show ${name}`,
  showIt: 'Show',
  earlier: (title: string) => `Earlier: ${title}`,
  notMoved: 'It was not moved',
  later: (title: string) => `Later: ${title}`,
  pause: (title: string) => `Pause: ${title}`,
  notPaused: 'It was not paused',
  resume: (title: string) => `Resume: ${title}`,
  didNotGoOn: 'It did not go on',
  cancel: (title: string) => `Cancel: ${title}`,
  notCanceled: 'It was not canceled',

  // JobRow
  inLine: (place: number) => `${place} in line`,
  canceled: 'canceled',
  next: 'next',

  // JobsPanel
  nothingRunning: 'nothing running',
  running: 'Running',
  paused: 'Paused',
  waiting: 'Waiting',
  finished: 'Finished',
  countRunning: (count: number) => `${count} running`,
  countWaiting: (count: number) => `${count} waiting`,
  countPaused: (count: number) => `${count} paused`,

  // MixerPanel
  mixerTip: 'click a peak to reset it, double click a fader for 0 dB',
  panOf: (name: string) => `Pan of ${name}`,
  truePeak: (db: string) => `true peak ${db}`,
  gainOf: (name: string) => `Gain of ${name}`,
  center: 'center',
  percentLeft: (percent: number) => `${percent} percent left`,
  percentRight: (percent: number) => `${percent} percent right`,
  mute: (name: string) => `Mute ${name}`,
  solo: (name: string) => `Solo ${name}`,
  output: 'Output',

  // MixerStrip
  stripOf: (name: string) => `Strip of ${name}`,
  highestLevel: (name: string, level: string) => `Highest level of ${name}: ${level}. Reset`,
  highestLevelTip: 'Highest level, click to reset',
  levelOf: (name: string) => `Level of ${name}`,
  leftLevelOf: (name: string) => `Level of ${name}, left`,
  rightLevelOf: (name: string) => `Level of ${name}, right`,

  // describe-outcome
  bestAtStep: (step: number, time: string) => `best at step ${step}, in ${time}`,
  renderedToListen: 'rendered to listen to',
  alreadyRendered: 'taken from what was already rendered',
  installedAndTried: 'installed and tried',
  inTime: (time: string) => `in ${time}`,
  measured: 'measured',
  files: (count: number) => `${count} ${plural(count, 'file', 'files')}`,
  filesAndRefused: (count: number, refused: number) => `${count} ${plural(count, 'file', 'files')}, ${refused} refused`,
  clipsUsable: (kept: number, count: number) => `${kept} of ${count} ${plural(count, 'clip', 'clips')} usable`,
  aboutLeft: (time: string) => `, about ${time} left`,
}
