import type { Fault } from './fault.ts'

/** A full disk often has room for a little still: where a write breaks off differs. */
const MOST_LEFT_BYTES = 200_000

export const diskFull: Fault = {
  kind: 'disk-full',
  what: 'the disk with the song and the library is full',
  async inject({ disk }, random) {
    const leftBytes = random.uniform() < 0.5 ? 0 : random.integer(MOST_LEFT_BYTES)
    disk.fill(leftBytes)
    return { detail: `${leftBytes} bytes are left`, undo: () => disk.free() }
  },
}

/** A person who comes back to a program that fell over, with the disk as it was. */
export const diskFullAtStart: Fault = {
  kind: 'disk-full-at-start',
  what: 'the host is killed, and started again on a full disk',
  async inject(stage) {
    await stage.end('kill')
    stage.disk.fill(0)
    const complaints: string[] = []
    try {
      await stage.start()
      await stage.openSong()
    } catch (cause) {
      const words = cause instanceof Error ? cause.message : String(cause)
      if (!/full|free/i.test(words)) complaints.push(`a start on a full disk said nothing of it: ${words}`)
    }
    if (stage.isUp()) await stage.end('kill')
    return { detail: 'started once', undo: () => stage.disk.free(), aftermath: () => Promise.resolve(complaints) }
  },
}
