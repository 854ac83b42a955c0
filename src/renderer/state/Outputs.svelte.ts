import type { OutputDevice, OutputPort } from '../audio/outputs.ts'
import { say } from '../messages/say.svelte.ts'
import type { Transport } from './Transport.svelte.ts'

export const systemOutput: OutputDevice = {
  id: '',
  get label() {
    return say.state.systemOutput
  },
}

/** What the person chose before, in this song or another; kept while the device is away. */
export interface OutputMemory {
  readonly wished: OutputDevice | null
  keep(device: OutputDevice | null): void
}

/** Where the song sounds. A device that goes away stops the song where it is, and the system's default takes over. */
export class Outputs {
  readonly #port: OutputPort
  readonly #transport: Pick<Transport, 'isPlaying' | 'pause'>
  readonly #tell: (message: string) => void
  readonly #memory: OutputMemory | null
  readonly #stopListening: () => void
  #devices: readonly OutputDevice[] = $state.raw([])
  #chosen: OutputDevice = $state.raw(systemOutput)

  constructor(
    port: OutputPort,
    transport: Pick<Transport, 'isPlaying' | 'pause'>,
    tell: (message: string) => void,
    memory: OutputMemory | null = null,
  ) {
    this.#memory = memory
    this.#port = port
    this.#transport = transport
    this.#tell = tell
    this.#stopListening = port.onChange(() => void this.refresh())
  }

  /** Beside the system's default. */
  get devices(): readonly OutputDevice[] {
    return this.#devices
  }

  get chosen(): OutputDevice {
    return this.#chosen
  }

  async refresh(): Promise<void> {
    const before = this.#devices
    this.#devices = await this.#port.list()
    const isHere = (device: OutputDevice): boolean => this.#devices.some((known) => known.id === device.id)
    if (this.#chosen.id !== '' && !isHere(this.#chosen)) return this.#lost(this.#chosen)
    // The default has no name of its own: that the last device went is all that can be seen.
    if (this.#chosen.id === '' && before.length > 0 && this.#devices.length === 0) return this.#lostAll()
    if (this.#chosen.id === '' && !this.#transport.isPlaying) await this.#takeWished()
  }

  async choose(device: OutputDevice): Promise<void> {
    try {
      await this.#port.use(device.id)
      this.#chosen = device
      this.#memory?.keep(device.id === '' ? null : device)
    } catch {
      this.#tell(say.state.outputNotOpened(device.label, this.#chosen.label))
    }
  }

  async askForNames(): Promise<void> {
    try {
      await this.#port.askForNames()
    } catch {
      this.#tell(say.state.outputsNotNamed)
    }
    await this.refresh()
  }

  dispose(): void {
    this.#stopListening()
  }

  /** The device of before, by its id, or by its name where ids were given out anew. */
  async #takeWished(): Promise<void> {
    const wished = this.#memory?.wished
    if (!wished) return
    const found =
      this.#devices.find(({ id }) => id === wished.id) ?? this.#devices.find(({ label }) => label === wished.label)
    if (!found) return
    try {
      await this.#port.use(found.id)
      this.#chosen = found
    } catch {
      // It sounds on the system's default, as the choice of outputs shows.
    }
  }

  async #lost(device: OutputDevice): Promise<void> {
    const wasPlaying = this.#pause()
    this.#chosen = systemOutput
    await this.#port.use('')
    this.#tell(say.state[wasPlaying ? 'outputGoneAndStopped' : 'outputGone'](device.label))
  }

  #lostAll(): void {
    const wasPlaying = this.#pause()
    this.#tell(wasPlaying ? say.state.noOutputAndStopped : say.state.noOutput)
  }

  #pause(): boolean {
    const wasPlaying = this.#transport.isPlaying
    if (wasPlaying) this.#transport.pause()
    return wasPlaying
  }
}
