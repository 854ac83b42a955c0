export const ui = {
  // CopyDetails
  copyDetails: 'Copy details',
  copyDetailsOf: (name: string) => `Copy details: ${name}`,

  // Dialog
  close: 'Close',

  // Fader
  silent: 'silent',
  decibels: (value: string) => `${value} decibels`,

  // HueChoice
  color: 'Color',

  // Meter
  db: (value: number) => `${value} dB`,

  // Toasts
  messages: 'Messages',
  dismiss: 'Dismiss',

  // How a singer was learned
  ways: {
    enroll: 'enrolled into the shipped base',
    scratch: 'learned from scratch',
    joint: 'learned together with others',
    automatic: 'what is better on phrases held back',
    waveform: 'sample by sample, in a waveform model',
    compared: (figures: string) => `error on phrases held back: ${figures}`,
    figure: (way: string, db: string) => `${db} dB ${way}`,
    how: 'Learned how',
    way: 'Way',
    both: (way: string, figures: string) => `${way}; ${figures}`,
  },

  // NumberField, Select
  mixed: 'mixed',
  hues: {
    coral: 'Coral',
    violet: 'Violet',
    mint: 'Mint',
    amber: 'Amber',
    aqua: 'Aqua',
    orchid: 'Orchid',
    lime: 'Lime',
    sky: 'Sky',
  },
  spokenHues: {
    coral: 'coral',
    violet: 'violet',
    mint: 'mint',
    amber: 'amber',
    aqua: 'aqua',
    orchid: 'orchid',
    lime: 'lime',
    sky: 'sky',
  },
  percent: (value: number) => `${value} %`,
}
