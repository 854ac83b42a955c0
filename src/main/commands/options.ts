import { InvalidArgumentError } from 'commander'
import type { EmotionRequest, Transposition } from '../../shared/project/performance.ts'

/** Readers of options: what can't be read is a usage error, told by commander with the option's name. */
export function readEmotion(text: string): EmotionRequest {
  const match = /^([a-z]+)(?::(\d*\.?\d+))?$/.exec(text)
  const intensity = match?.[2] === undefined ? 0.6 : Number(match[2])
  if (!match || intensity > 1) throw new InvalidArgumentError('Expected a name and 0…1, such as sad:0.6.')
  return { emotionId: match[1], intensity }
}

export function readTransposition(text: string): Transposition {
  if (text === 'auto') return { kind: 'auto' }
  const semitones = text.trim() === '' ? NaN : Number(text)
  if (!(Math.abs(semitones) <= 24)) throw new InvalidArgumentError('Expected "auto" or −24…24 semitones.')
  return { kind: 'semitones', semitones }
}

export function readFraction(text: string): number {
  const fraction = text.trim() === '' ? NaN : Number(text)
  if (!(fraction >= 0 && fraction <= 1)) throw new InvalidArgumentError('Expected a number from 0 to 1.')
  return fraction
}

export function readSeed(text: string): number {
  const seed = /^\d{1,10}$/.test(text) ? Number(text) : NaN
  if (!(seed <= 0xffffffff)) throw new InvalidArgumentError('Expected a whole number from 0 to 4294967295.')
  return seed
}

export const readWhole =
  (lowest: number, highest: number) =>
  (text: string): number => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN
    if (!(value >= lowest && value <= highest)) {
      throw new InvalidArgumentError(`Expected a whole number from ${lowest} to ${highest}.`)
    }
    return value
  }

export function readSeconds(text: string): number {
  const seconds = text.trim() === '' ? NaN : Number(text)
  if (!(seconds >= 0 && seconds < 1e6)) throw new InvalidArgumentError('Expected seconds, such as 12.5.')
  return seconds
}
