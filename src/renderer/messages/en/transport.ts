import { plural } from '../plural.ts'
export const transport = {
  // DocumentPart
  undo: 'Undo',
  undoOf: (label: string) => `Undo: ${label}`,
  redo: 'Redo',
  redoOf: (label: string) => `Redo: ${label}`,
  audioOutput: 'Audio output',
  menu: 'Menu',
  song: (name: string) => `Song ${name}`,
  notSavedYet: 'Not saved yet',

  // JobChip
  jobs: (count: number, percent: number) => `${count} ${plural(count, 'job', 'jobs')} ${percent} %`,

  // OutputPart
  browser: 'Browser',
  dock: 'Dock',
  inspector: 'Inspector',
  left: 'Left',
  right: 'Right',
  truePeakUnit: 'TP',
  truePeak: (db: string) => `True peak ${db} dB; forget the peaks`,
  truePeakTip: 'True peak since the last click; red above −1 dBTP',
  masterGain: 'Master gain',

  // PositionPart
  position: 'Position',
  listenTo: 'Listen to',
  original: 'Original',
  converted: 'Converted',

  // SnapChoice
  off: 'Off',
  bar: 'Bar',
  snapTo: (step: string) => `Snap to ${step}`,

  // TempoFields
  setTempo: 'Set tempo',
  setMeter: 'Set meter',
  tempo: 'Tempo in beats per minute',
  bpm: 'bpm',
  meter: 'Meter',

  // TransportBar
  transport: 'Transport',

  // TransportPart
  goToStart: 'Go to start',
  play: 'Play',
  stop: 'Stop',
  loop: 'Loop',
  metronome: 'Metronome',
  followPlayhead: 'Follow playhead',

  // output-items
  showOtherOutputs: 'Show other outputs…',
}
