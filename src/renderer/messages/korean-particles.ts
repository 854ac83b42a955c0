/** A pair of particles: the first after a final consonant, the second after a vowel. */
export type ParticlePair = '은/는' | '이/가' | '을/를' | '으로/로' | '과/와' | '이라는/라는' | '이에요/예요'

type FinalSound = 'none' | 'l' | 'other'

const FIRST_SYLLABLE = 0xac00
const LAST_SYLLABLE = 0xd7a3
const FINALS_PER_SYLLABLE = 28
/** ㄹ among the final consonants of a syllable. */
const FINAL_L = 8

/** 영 일 이 삼 사 오 육 칠 팔 구. */
const digitSounds: readonly FinalSound[] = ['other', 'l', 'none', 'other', 'none', 'none', 'other', 'l', 'l', 'none']
/** How a unit is read aloud: 데시벨, 퍼센트, 헤르츠, 밀리초, 초. */
const unitSounds: Readonly<Record<string, FinalSound>> = { dB: 'l', '%': 'none', Hz: 'none', ms: 'none', s: 'none' }

/**
 * A word with the particle that its final sound asks for: 트랙을, 노트를, 마커로, 서울로, 3을, "Verse 1을".
 * Latin words go by their spelling: l, m, n and ng (and these before a silent e) close the syllable, other letters
 * are read with a vowel after them. A word whose sound nobody can tell gets both: "★을(를)".
 */
export function withParticle(word: string, pair: ParticlePair): string {
  const [closed, open] = pair.split('/')
  const sound = finalSound(word)
  if (sound === null) return `${word}${closed}(${open})`
  const isOpen = sound === 'none' || (pair === '으로/로' && sound === 'l')
  return `${word}${isOpen ? open : closed}`
}

function finalSound(word: string): FinalSound | null {
  const spoken = word.replace(/[\s”’"')\]」』.,…!?]+$/u, '')
  const unit = /(dB|%|Hz|ms|s)$/.exec(spoken)?.[1]
  if (unit !== undefined && new RegExp(`\\d\\s?${unit}$`).test(spoken)) return unitSounds[unit]
  const last = spoken.at(-1) ?? ''
  const code = last.codePointAt(0) ?? 0
  if (code >= FIRST_SYLLABLE && code <= LAST_SYLLABLE) return syllableSound(code)
  if (/\d/.test(last)) return digitSounds[Number(last)]
  return /[a-z]/i.test(last) ? latinSound(spoken) : null
}

function syllableSound(code: number): FinalSound {
  const final = (code - FIRST_SYLLABLE) % FINALS_PER_SYLLABLE
  if (final === 0) return 'none'
  return final === FINAL_L ? 'l' : 'other'
}

function latinSound(word: string): FinalSound {
  const letters = /[a-z]+$/i.exec(word)?.[0] ?? ''
  // Letters that are spelled out: 엘, 엠, 엔, 알.
  if (letters === letters.toUpperCase() && letters.length <= 4)
    return /[LR]$/.test(letters) ? 'l' : /[MN]$/.test(letters) ? 'other' : 'none'
  if (/(l|[aeiou]le)$/i.test(letters)) return 'l'
  return /(m|n|ng|[aeiou][mn]e)$/i.test(letters) ? 'other' : 'none'
}
