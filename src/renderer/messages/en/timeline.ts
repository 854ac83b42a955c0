import { plural } from '../plural.ts'
export const timeline = {
  // BlindPanel
  blindComparison: 'Blind comparison',
  hear: 'Hear',
  hearSound: (number: number) => `Hear sound ${number}`,
  hearBoth: 'Hear both as often as you like, then say which one is better.',
  preferOriginal: (original: number, converted: number) =>
    `You prefer the original. Original ${original}, converted ${converted}.`,
  preferConverted: (original: number, converted: number) =>
    `You prefer the converted. Original ${original}, converted ${converted}.`,
  hidden: 'hidden',
  revealed: { original: 'original', converted: 'converted' },
  isBetter: (number: number) => `${number} is better`,
  onceMore: 'Once more',
  end: 'End',
  endBlind: 'End the blind comparison',

  // FreeSpace
  dropHere: 'Drop vocal stems here',
  dropForTrack: 'Drop stems or regions here for a new track',
  imports: 'imports',
  plays: 'plays',
  givesSinger: 'gives a region a singer',
  converts: 'converts',

  // Lane
  notHere: 'not here',

  // LaneTools
  compactLanes: 'Compact lanes',
  normalLanes: 'Normal lanes',
  highLanes: 'High lanes',
  sourceTrack: 'Source track',
  trackFor: (singer: string) => `Track for ${singer}`,
  trainEllipsis: 'Train a singer…',
  sourceName: (number: number) => `Source ${number}`,
  markerName: (number: number) => `Marker ${number}`,
  lanes: 'Lanes',
  addTrack: 'Add a track',
  track: 'Track',
  markers: 'Markers',
  curvesBelow: 'Curves below the tracks',
  takesBelow: 'Takes below the tracks',
  laneHeight: 'Lane height',

  // MarkerRow
  nameOfMarker: 'Name of the marker',

  // RenameRegion
  nameOfRegion: 'Name of the region',

  // Ruler
  playhead: 'Playhead',
  playing: 'playing',
  positionAndBar: (position: string, bar: string) => `${position}, bar ${bar}`,

  // Timeline
  timeline: 'Timeline',

  // TrackHeader
  nameOfTrack: 'Name of the track',

  // fade-region

  // loop-span

  // move-marker

  // move-regions

  // swipe-take

  // trim-region

  // menus
  region: 'Region',
  lane: 'Lane',
  singWith: 'Sing with',
  performWith: 'Sing or play with',
  emotion: 'Emotion',
  newSingerTrack: 'New singer track',
  ruler: 'Ruler',
  marker: 'Marker',
  hearConverted: 'Hear the converted',
  hearOriginal: 'Hear the original',
  fades: 'Fades',
  moveTo: 'Move to',
  color: 'Color',
  unmute: 'Unmute',
  mute: 'Mute',
  takes: 'Takes',
  closeEditor: 'Close the editor',
  editNotes: 'Edit the notes',
  newTrack: 'A new track',
  thePlayhead: 'The playhead',
  theStart: 'The start',

  // color-items
  asTrack: 'As the track',
  asSinger: 'As the singer',
  asInstrument: 'As the instrument',
  noColor: 'None',

  // ruler-menu
  loopOff: 'Loop off',
  loopOn: 'Loop on',
  letPlayheadGo: 'Let the playhead go',
  followPlayhead: 'Follow the playhead',
  loopStartHere: 'Loop start at the playhead',
  loopEndHere: 'Loop end at the playhead',

  // track-menu
  singer: 'Singer',
  instrument: 'Instrument',
  unsolo: 'Unsolo',
  solo: 'Solo',
  selectItsRegions: 'Select its regions',
  curves: 'Curves',
  rename: 'Rename',
  deleteTrack: 'Delete track',

  // region-name
  leavesRange: 'leaves the range',
  originalHeard: 'original heard',
  fromTo: (from: string, to: string) => `${from} to ${to} seconds`,
  emotionPercent: (emotion: string, percent: number) => `${emotion.toLowerCase()} ${percent} percent`,
  muted: 'muted',

  // spoken-position
  spokenSeconds: (seconds: string) => `${seconds} seconds`,
  spokenMinutes: (minutes: number, seconds: string) =>
    `${minutes} ${plural(minutes, 'minute', 'minutes')} ${seconds} seconds`,

  // track-status
  sungBy: (singers: string) => `Sung by ${singers}`,
  playedBy: (instruments: string) => `Played by ${instruments}`,
  countFailed: (count: number) => `${count} failed`,
  countMissing: (count: number) => `${count} ${plural(count, 'file missing', 'files missing')}`,
  countStale: (count: number) => `${count} out of date`,
  countAssigned: (count: number) => `${count} not converted`,

  // TakeHeader
  useThroughout: (region: string) => `Use throughout ${region}`,
  cutAllTakes: 'Cut all takes at the playhead',
  flattenComp: 'Flatten the comp to regions',
  take: (number: number) => `Take ${number}`,
  inRegions: (count: number) => `in ${count} regions`,

  // TakeJoins
  joinOf: (left: number, right: number, region: string) => `Join of take ${left} and take ${right} of ${region}`,

  // TakeLane
  takeSpan: (number: number, region: string, words: string, where: string) =>
    `Take ${number} of ${region}, ${words}, ${where}`,
}
