/** A 32-bit float WAV as the program's media is, with another chunk before the samples where a test wants one. */
export function writeFloatWav(
  channels: readonly Float32Array[],
  rateHz: number,
  extraName = '',
  extraBytes = 0,
): ArrayBuffer {
  const extra = extraName === '' ? 0 : 8 + extraBytes + (extraBytes % 2)
  const dataBytes = channels[0].length * channels.length * 4
  const view = new DataView(new ArrayBuffer(44 + extra + dataBytes))
  let at = 0
  const text = (word: string): void => {
    for (const letter of word) view.setUint8(at++, letter.charCodeAt(0))
  }
  const number = (value: number, bytes: 2 | 4): void => {
    if (bytes === 2) view.setUint16(at, value, true)
    else view.setUint32(at, value, true)
    at += bytes
  }
  text('RIFF')
  number(view.byteLength - 8, 4)
  text('WAVEfmt ')
  number(16, 4)
  number(3, 2)
  number(channels.length, 2)
  number(rateHz, 4)
  number(rateHz * channels.length * 4, 4)
  number(channels.length * 4, 2)
  number(32, 2)
  if (extraName !== '') {
    text(extraName)
    number(extraBytes, 4)
    at += extra - 8
  }
  text('data')
  number(dataBytes, 4)
  for (let frame = 0; frame < channels[0].length; frame++)
    for (const channel of channels) {
      view.setFloat32(at, channel[frame], true)
      at += 4
    }
  return view.buffer
}
