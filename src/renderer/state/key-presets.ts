import type { ShortcutChoice } from '../../shared/contract/shortcuts.ts'

/** A set of keys to begin from: what differs from the program's own. */
export interface KeyPreset {
  readonly id: string
  readonly label: string
  readonly changes: ShortcutChoice['changes']
}

/** For hands that know another workstation. A key that is taken over leaves its old command a neighbor of it. */
export const keyPresets: readonly KeyPreset[] = [
  { id: 'understudy', label: 'Understudy', changes: {} },
  {
    id: 'live',
    label: 'Ableton Live',
    changes: {
      split: ['Ctrl+E'],
      'loop-selection': ['Ctrl+L'],
      export: ['Ctrl+Shift+R'],
      rename: ['Ctrl+R'],
      'mute-regions': ['0'],
      'toggle-follow': ['Ctrl+Shift+F'],
      'toggle-browser': ['Ctrl+Alt+B'],
    },
  },
  {
    id: 'reaper',
    label: 'Reaper',
    changes: {
      'toggle-loop': ['R'],
      'add-marker': ['M'],
      'mute-regions': ['Alt+M'],
      'zoom-in': ['=', 'Ctrl+='],
      'zoom-out': ['-', 'Ctrl+-'],
      'toggle-mixer': ['Ctrl+M'],
    },
  },
]
