import { dbToGain } from '../../units/level.ts'
import { barNumbered, songTime, type SongTime } from '../../units/song-time.ts'
import { xmlDeclaration, xmlElement, xmlText, type XmlAttributes } from '../xml.ts'
import type { Session, SessionClip, SessionTrack } from './session.ts'

/** Volumes are linear factors; what a fader of this program reaches at most, +24 dB. */
const GREATEST_VOLUME = dbToGain(24)
const MASTER = 'master'
const TEMPO = 'tempo'
const SIGNATURE = 'signature'

/** `project.xml` of a DAWproject 1.0 archive: tracks with their channels, then clips in seconds, then markers. */
export function encodeSessionXml(session: Session): string {
  const { application, tempoMap } = session
  const [{ bpm }] = tempoMap.tempos
  const [{ beatsPerBar, beatUnit }] = tempoMap.meters
  return [
    xmlDeclaration,
    xmlElement('Project', { version: '1.0' }, [
      xmlElement('Application', { name: application.name, version: application.version }),
      xmlElement('Transport', {}, [
        xmlElement('Tempo', { id: TEMPO, name: 'Tempo', unit: 'bpm', min: 10, max: 999, value: bpm }),
        xmlElement('TimeSignature', { id: SIGNATURE, numerator: beatsPerBar, denominator: beatUnit }),
      ]),
      xmlElement('Structure', {}, [...session.tracks.map(trackElement), masterTrack()]),
      arrangement(session),
    ]),
    '',
  ].join('\n')
}

/** `metadata.xml` beside it. */
export const encodeSessionMetadata = ({ name, notice, application }: Session): string =>
  [
    xmlDeclaration,
    xmlElement('MetaData', {}, [
      xmlText('Title', name),
      xmlText('Comment', [notice ?? '', `${application.name} ${application.version}`].filter(Boolean).join(' · ')),
    ]),
    '',
  ].join('\n')

const trackId = (index: number): string => `track${index + 1}`

const trackElement = (track: SessionTrack, index: number): string =>
  xmlElement('Track', { id: trackId(index), name: track.name, contentType: 'audio', loaded: true }, [
    channelElement(`${trackId(index)}channel`, track, { role: 'regular', destination: MASTER }),
  ])

const masterTrack = (): string =>
  xmlElement('Track', { id: 'mastertrack', name: 'Master', contentType: 'audio', loaded: true }, [
    channelElement(MASTER, { isMuted: false, isSoloed: false, pan: 0, gainDb: 0 }, { role: 'master' }),
  ])

function channelElement(
  id: string,
  { isMuted, isSoloed, pan, gainDb }: Pick<SessionTrack, 'isMuted' | 'isSoloed' | 'pan' | 'gainDb'>,
  place: { readonly role: string; readonly destination?: string },
): string {
  return xmlElement('Channel', { id, audioChannels: 2, ...place, solo: isSoloed }, [
    xmlElement('Mute', { id: `${id}mute`, name: 'Mute', value: isMuted }),
    xmlElement('Pan', { id: `${id}pan`, name: 'Pan', unit: 'normalized', min: 0, max: 1, value: (pan + 1) / 2 }),
    xmlElement('Volume', {
      id: `${id}volume`,
      name: 'Volume',
      unit: 'linear',
      min: 0,
      max: GREATEST_VOLUME,
      value: dbToGain(gainDb),
    }),
  ])
}

function arrangement({ tracks, markers, rateHz, tempoMap }: Session): string {
  const lanes = tracks.map((track, index) =>
    xmlElement('Lanes', { id: `lanes${index + 1}`, track: trackId(index), timeUnit: 'seconds' }, [
      xmlElement(
        'Clips',
        { id: `clips${index + 1}` },
        track.clips.map((clip) => clipElement(clip, rateHz)),
      ),
    ]),
  )
  const places = markers.map(({ name, atSamples }) => xmlElement('Marker', { name, time: atSamples / rateHz }))
  return xmlElement('Arrangement', { id: 'arrangement' }, [
    xmlElement('Lanes', { id: 'lanes', timeUnit: 'seconds' }, lanes),
    ...(places.length > 0 ? [xmlElement('Markers', { id: 'markers', timeUnit: 'seconds' }, places)] : []),
    ...tempoElements(songTime(tempoMap, rateHz)),
  ])
}

/** How tempo and meter change, in quarter notes; a song that keeps both has said them already. */
function tempoElements(time: SongTime): readonly string[] {
  const { tempos, meters } = time.map
  const at = (bar: number): number => barNumbered(time, bar).startQuarters
  const points = (name: string, attributes: XmlAttributes, parameter: string, values: readonly string[]): string[] =>
    values.length < 2
      ? []
      : [xmlElement(name, { ...attributes, timeUnit: 'beats' }, [xmlElement('Target', { parameter }), ...values])]
  return [
    ...points(
      'TempoAutomation',
      { id: 'tempos', unit: 'bpm' },
      TEMPO,
      tempos.map(({ bar, bpm, isRamp }) =>
        xmlElement('RealPoint', { time: at(bar), value: bpm, interpolation: isRamp ? 'linear' : 'hold' }),
      ),
    ),
    ...points(
      'TimeSignatureAutomation',
      { id: 'signatures' },
      SIGNATURE,
      meters.map(({ bar, beatsPerBar, beatUnit }) =>
        xmlElement('TimeSignaturePoint', { time: at(bar), numerator: beatsPerBar, denominator: beatUnit }),
      ),
    ),
  ]
}

function clipElement(clip: SessionClip, rateHz: number): string {
  const { media, durationSamples, mediaStartSamples, fadeInSamples, fadeOutSamples } = clip
  const sound = xmlElement(
    'Audio',
    { channels: media.channelCount, sampleRate: rateHz, duration: media.durationSamples / rateHz, timeUnit: 'seconds' },
    [xmlElement('File', { path: media.path })],
  )
  return xmlElement(
    'Clip',
    {
      name: clip.name,
      time: clip.startSamples / rateHz,
      duration: durationSamples / rateHz,
      contentTimeUnit: 'seconds',
      playStart: mediaStartSamples / rateHz,
      playStop: (mediaStartSamples + durationSamples) / rateHz,
      fadeTimeUnit: 'seconds',
      fadeInTime: fadeInSamples / rateHz,
      fadeOutTime: fadeOutSamples / rateHz,
      enable: clip.isHeard,
    },
    [clip.gainDb === 0 ? sound : xmlElement('Lanes', {}, [sound, gainElement(clip)])],
  )
}

/** A clip has no level of its own in the format; a gain that never moves is one. */
const gainElement = ({ gainDb }: SessionClip): string =>
  xmlElement('Points', { unit: 'linear', timeUnit: 'seconds' }, [
    xmlElement('Target', { expression: 'gain' }),
    xmlElement('RealPoint', { time: 0, value: dbToGain(gainDb), interpolation: 'hold' }),
  ])
