export const curves = {
  spoken: { intensity: 'intensity', transposition: 'transposition', formant: 'formant' },
}
