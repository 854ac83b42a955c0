import type { Locator } from 'playwright-core'
import type { StudioPage } from '../../support/story/studio-page.ts'
import { keyboardHand } from './keyboard-hand.ts'
import { draggingHand } from './dragging-hand.ts'
import { pointerHand } from './pointer-hand.ts'

export const ways = ['keyboard', 'pointer', 'drag'] as const
/** With nothing but a keyboard; with a pointer that presses and lets go; with a pointer that drags where one can. */
export type Way = (typeof ways)[number]

/** A command of the song: by its key, or by its entry in the song's menu. */
export interface SongCommand {
  readonly keys: string
  readonly entry: string
}

/** A command on a region: by its key, or along its entries of the region's menu. */
export interface RegionCommand {
  readonly keys: string | null
  readonly entries: readonly string[]
}

/** What a person does in one of the three ways. A journey says what, a hand knows how. */
export interface Hand {
  readonly way: Way
  /** Presses a button. */
  use(control: Locator): Promise<void>
  /** Opens the menu of a button, and goes along its entries. */
  menu(opener: Locator, entries: readonly string[]): Promise<void>
  /** Ticks a box, or chooses one of several. */
  choose(choice: Locator): Promise<void>
  type(field: Locator, text: string): Promise<void>
  /** In the picker of places: into a folder of the home, and the files of it. */
  pickFiles(folder: string, names: readonly string[]): Promise<void>
  /** In the picker of places: into a folder of the home, which is then chosen by the button that is named. */
  pickFolder(folder: string, confirm: string): Promise<void>
  song(command: SongCommand): Promise<void>
  region(region: Locator, command: RegionCommand): Promise<void>
  select(region: Locator): Promise<void>
  /** Both regions; they are neighbors on one lane. */
  selectBoth(first: Locator, second: Locator): Promise<void>
  undo(): Promise<void>
  /** Puts the playhead so many seconds from the start of the song. */
  playheadTo(sec: number): Promise<void>

  importIntoNewSong(folder: string, names: readonly string[]): Promise<void>
  addClips(folder: string, names: readonly string[]): Promise<void>
  singWith(region: Locator, singer: string): Promise<void>
  emotion(region: Locator, emotion: string): Promise<void>
  /** Of the selected region, in percent; a multiple of five. */
  intensity(percent: number): Promise<void>
  /** To the other of the two, for the whole song. */
  listenTo(heard: 'Original' | 'Converted'): Promise<void>
  trimEndToPlayhead(region: Locator): Promise<void>
  moveToLane(region: Locator, track: string): Promise<void>
  /** Take so much for the part of the region that lies at the playhead, whose takes were cut there. */
  takeAtPlayhead(region: Locator, take: number): Promise<void>
}

const hands: Readonly<Record<Way, (studio: StudioPage) => Hand>> = {
  keyboard: keyboardHand,
  pointer: pointerHand,
  drag: draggingHand,
}
export const handOf = (way: Way, studio: StudioPage): Hand => hands[way](studio)
