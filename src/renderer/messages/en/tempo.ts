export const tempo = {
  // tempo-commands
  add: 'Change tempo or meter at the playhead…',
  toggleRow: 'Tempo and meter above the ruler',
  hideRow: 'Hide tempo and meter',
  showRow: 'Show tempo and meter',
  edit: 'Edit tempo and meter…',
  focusNext: 'Focus the next change of tempo',
  focusBefore: 'Focus the change of tempo before',
  moveLater: 'Move the change one bar later',
  moveEarlier: 'Move the change one bar earlier',
  toPlayhead: 'Move the change to the playhead’s bar',
  ramp: 'Ramp to the next tempo',
  noRamp: 'Keep the tempo to the next change',
  remove: 'Remove the change',
  menu: 'Menu of the change of tempo',
  changeStep: (bar: number) => `Change tempo at bar ${bar}`,
  moveStep: (bar: number) => `Move the change at bar ${bar}`,
  removeStep: (bar: number) => `Remove the change at bar ${bar}`,
  nowAt: (bar: number) => `Now at bar ${bar}.`,
  removed: (bar: number) => `The change at bar ${bar} is removed.`,

  duplicateByBars: 'Duplicate at the next bar',
  loopBars: 'Loop the bars of the selection',
  onChange: 'On a change of tempo',

  // BarsField
  goTo: 'Go to a bar, beat or time',

  // TempoRow
  row: 'Tempo and meter',
  place: (facts: string, bar: number) => `${facts}, bar ${bar}`,
  ramping: (facts: string, bar: number, next: string) => `${facts}, bar ${bar}, ramp to ${next}`,

  // TempoEditor
  editorOf: (bar: number) => `Tempo and meter from bar ${bar}`,
  fromBar: (bar: number) => `From bar ${bar}`,
  tempo: 'Tempo',
  meter: 'Meter',
  bpm: 'bpm',
  tap: 'Tap',
  tapTip: 'Tap the quarter notes, four times or more',
  badTempo: 'A number, like 92.5',
  badMeter: 'Like 3/4 or 6/8',
  done: 'Done',
}
