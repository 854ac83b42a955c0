import { InvalidArgumentError } from 'commander'
import { parseMeter, type Meter } from '../../shared/units/tempo.ts'
import type { EmotionRequest, Transposition } from '../../shared/project/performance.ts'

/** Readers of options: what can't be read is a usage error, told by commander with the option's name. */
export function readEmotion(text: string): EmotionRequest {
  const match = /^((?:[\p{L}\p{N}][^/]*\/)?[a-z][a-z0-9-]*)(?::(\d+|\d*\.\d+))?$/u.exec(text)
  const intensity = match?.[2] === undefined ? 0.6 : Number(match[2])
  if (!match || intensity > 1.5)
    throw new InvalidArgumentError('Expected a name and 0…1.5, such as sad:0.6 or model/sad:0.6.')
  return { emotionId: match[1], intensity }
}

export function readTransposition(text: string): Transposition {
  if (text === 'auto') return { kind: 'auto' }
  const semitones = text.trim() === '' ? NaN : Number(text)
  if (!(Math.abs(semitones) <= 24)) throw new InvalidArgumentError('Expected "auto" or −24…24 semitones.')
  return { kind: 'semitones', semitones }
}

/** A singer who is mixed in, as it is written: looked up when the library is open. */
export interface NamedPart {
  readonly name: string
  readonly weight: number
}

/** May be given several times. A name may hold colons: the last one counts. */
export function readBlend(text: string, before: readonly NamedPart[] = []): readonly NamedPart[] {
  const colon = text.lastIndexOf(':')
  const [name, weightText] = [text.slice(0, Math.max(0, colon)), text.slice(colon + 1)]
  const weight = /^(\d+|\d*\.\d+)$/.test(weightText) ? Number(weightText) : NaN
  if (name.trim() === '' || !(weight <= 1))
    throw new InvalidArgumentError('Expected a singer and 0…1, such as "Mira:0.3".')
  return [...before, { name, weight }]
}

/** Another recording on the way to which a sound goes, as it is written. */
export interface NamedBlend {
  readonly path: string
  readonly fromShare: number
  readonly toShare: number
}

/** A file and a share of it, or two with a line between them. */
export function readLatentBlend(text: string): NamedBlend {
  const match = /^(.+):(\d+|\d*\.\d+)(?:-(\d+|\d*\.\d+))?$/.exec(text)
  const fromShare = Number(match?.[2] ?? NaN)
  const toShare = Number(match?.[3] ?? fromShare)
  if (!match || !(fromShare <= 1 && toShare <= 1))
    throw new InvalidArgumentError(
      'Expected a file and 0…1, or two of them, such as "other.wav:0.5" or "other.wav:0-1".',
    )
  return { path: match[1], fromShare, toShare }
}

export const readBetween =
  (lowest: number, highest: number) =>
  (text: string): number => {
    const value = text.trim() === '' ? NaN : Number(text)
    if (!(value >= lowest && value <= highest)) {
      throw new InvalidArgumentError(`Expected a number from ${lowest} to ${highest}.`)
    }
    return value
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

export function readRate(text: string): number {
  const rateHz = /^\d{4,6}$/.test(text) ? Number(text) : NaN
  if (!(rateHz >= 8000 && rateHz <= 192_000)) throw new InvalidArgumentError('Expected 8000 to 192000, such as 44100.')
  return rateHz
}

export function readMeter(text: string): Meter {
  const meter = parseMeter(text)
  if (!meter) throw new InvalidArgumentError('Expected beats and their note, such as 3/4 or 6/8.')
  return meter
}

export function readSeconds(text: string): number {
  const seconds = text.trim() === '' ? NaN : Number(text)
  if (!(seconds >= 0 && seconds < 1e6)) throw new InvalidArgumentError('Expected seconds, such as 12.5.')
  return seconds
}
