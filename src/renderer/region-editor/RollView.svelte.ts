import type { Samples } from '../../shared/units/time.ts'
import type { Midi } from '../../shared/units/pitch.ts'
import { HIGHEST_MIDI, LOWEST_MIDI } from './Spectrum.svelte.ts'

const MARGIN_PX = 16
const LEAST_SAMPLES_PER_PX = 8
const LEAST_PX_PER_SEMITONE = 7
const MOST_PX_PER_SEMITONE = 36

/** Which part of a region is seen, and which pitches. Positions are the source's. */
export class RollView {
  widthPx: number = $state(600)
  heightPx: number = $state(240)
  samplesPerPx: number = $state(200)
  startSamples: Samples = $state(0)
  pxPerSemitone: number = $state(14)
  /** In the middle of the picture. */
  centerMidi: Midi = $state(60)
  /** How much higher than the source that sounds which is looked at: keys and names are as it is heard. */
  raisedBySemitones: number = $state(0)
  #span: { readonly startSamples: Samples; readonly endSamples: Samples } = { startSamples: 0, endSamples: 1 }

  get endSamples(): Samples {
    return this.startSamples + this.widthPx * this.samplesPerPx
  }

  xOf(atSamples: Samples): number {
    return (atSamples - this.startSamples) / this.samplesPerPx
  }
  atX(xPx: number): Samples {
    return Math.round(this.startSamples + xPx * this.samplesPerPx)
  }
  yOf(midi: Midi): number {
    return this.heightPx / 2 + (this.centerMidi - midi) * this.pxPerSemitone
  }
  midiAt(yPx: number): Midi {
    return this.centerMidi - (yPx - this.heightPx / 2) / this.pxPerSemitone
  }

  /** As it is heard. */
  heard(midi: Midi): Midi {
    return midi + this.raisedBySemitones
  }
  /** Of a pitch as it is heard. */
  yOfHeard(midi: Midi): number {
    return this.yOf(midi - this.raisedBySemitones)
  }

  /** Shows a span whole. */
  fit(startSamples: Samples, endSamples: Samples): void {
    this.#span = { startSamples, endSamples }
    const room = Math.max(1, this.widthPx - 2 * MARGIN_PX)
    this.samplesPerPx = Math.max(LEAST_SAMPLES_PER_PX, (endSamples - startSamples) / room)
    this.startSamples = startSamples - MARGIN_PX * this.samplesPerPx
  }

  /** Shows pitches, with room around them. */
  fitPitch(lowest: Midi, highest: Midi): void {
    this.centerMidi = (lowest + highest) / 2
    const wanted = this.heightPx / Math.max(6, highest - lowest + 5)
    this.pxPerSemitone = Math.min(MOST_PX_PER_SEMITONE, Math.max(LEAST_PX_PER_SEMITONE, wanted))
  }

  /** Above 1 is closer; what is under `xPx` stays in its place. */
  zoomBy(factor: number, xPx: number = this.widthPx / 2): void {
    const anchor = this.startSamples + xPx * this.samplesPerPx
    const widest = (this.#span.endSamples - this.#span.startSamples) / Math.max(1, this.widthPx - 2 * MARGIN_PX)
    this.samplesPerPx = Math.min(
      Math.max(LEAST_SAMPLES_PER_PX, widest),
      Math.max(LEAST_SAMPLES_PER_PX, this.samplesPerPx / factor),
    )
    this.startSamples = anchor - xPx * this.samplesPerPx
    this.scrollBy(0, 0)
  }

  scrollBy(alongPx: number, upPx: number): void {
    const margin = MARGIN_PX * this.samplesPerPx
    const latest = Math.max(
      this.#span.startSamples - margin,
      this.#span.endSamples + margin - this.widthPx * this.samplesPerPx,
    )
    const wanted = this.startSamples + alongPx * this.samplesPerPx
    this.startSamples = Math.min(latest, Math.max(this.#span.startSamples - margin, wanted))
    this.centerMidi = Math.min(HIGHEST_MIDI, Math.max(LEAST_MIDI, this.centerMidi + upPx / this.pxPerSemitone))
  }

  /** As little as it takes to see a span. */
  reveal(startSamples: Samples, endSamples: Samples): void {
    if (startSamples < this.startSamples) this.scrollBy(this.xOf(startSamples) - MARGIN_PX, 0)
    else if (endSamples > this.endSamples) this.scrollBy(this.xOf(endSamples) - this.widthPx + MARGIN_PX, 0)
  }
}

const LEAST_MIDI = LOWEST_MIDI
