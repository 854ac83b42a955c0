import { say } from '../messages/say.svelte.ts'

/** A place where sound leaves the machine. */
export interface OutputDevice {
  /** As the browser knows it; empty for the system's default. */
  readonly id: string
  readonly label: string
}

/** Devices as the state sees them; tests give their own. */
export interface OutputPort {
  /** What the browser names; none where it may not. */
  list(): Promise<readonly OutputDevice[]>
  /** Sends all sound there; the empty id is the system's default. */
  use(id: string): Promise<void>
  /** Asks the person to let the browser name the devices. */
  askForNames(): Promise<void>
  /** A device came, went, or failed; the answer ends it. */
  onChange(listener: () => void): () => void
}

/** Not in the type library yet: Chromium's way to choose where a context sounds. */
type Routable = AudioContext & { setSinkId?: (id: string) => Promise<void> }

export function createOutputPort(context: AudioContext): OutputPort {
  // Undefined where a page is not served securely.
  const devices: MediaDevices | undefined = navigator.mediaDevices
  return {
    async list() {
      const known = (await devices?.enumerateDevices()) ?? []
      return known
        .filter(({ kind, deviceId }) => kind === 'audiooutput' && deviceId !== '' && deviceId !== 'default')
        .map(({ deviceId, label }) => ({ id: deviceId, label: label === '' ? say.window.unnamedDevice : label }))
    },
    async use(id) {
      const routable: Routable = context
      await routable.setSinkId?.(id)
    },
    async askForNames() {
      // A browser names its outputs only to pages that may hear; nothing is recorded.
      const stream = await devices?.getUserMedia({ audio: true })
      for (const track of stream?.getTracks() ?? []) track.stop()
    },
    onChange(listener) {
      const listening = new AbortController()
      devices?.addEventListener('devicechange', listener, { signal: listening.signal })
      context.addEventListener('error', listener, { signal: listening.signal })
      return () => listening.abort()
    },
  }
}
