import './Value.css';
import { formatCount, formatExact, formatNumber } from '../../explain/numbers.ts';
import type { Described } from '../../sandbox/protocol.ts';

interface Props {
  value: Described;
  /** Of a string: whether it is said as it is, without quotes. */
  isAlone?: boolean;
  /** How deep in others it lies. */
  depth?: number;
}

/** A value of a cell, as JavaScript would write it; numbers as everywhere on these pages. */
export function Value({ value, isAlone = false, depth = 0 }: Props) {
  switch (value.kind) {
    case 'number':
      return <span class="value-number">{numberText(value.value)}</span>;
    case 'string': {
      const cut = value.length > value.text.length ? `… (${formatCount(value.length)} characters)` : '';
      return <span class={isAlone ? undefined : 'value-string'}>{quoted(value.text + cut, isAlone)}</span>;
    }
    case 'word':
      return <span class="value-word">{value.text}</span>;
    case 'list':
      return (
        <>
          {value.name === 'Array' && depth > 0 ? '' : `${value.name}(${formatCount(value.length)}) `}
          {'['}
          {value.items.map((item, n) => (
            <span key={n}>
              {n > 0 && ', '}
              <Value value={item} depth={depth + 1} />
            </span>
          ))}
          {value.length > value.items.length && (value.items.length > 0 ? ', …' : '…')}
          {']'}
        </>
      );
    case 'record':
      return (
        <>
          {value.name === 'Object' ? '' : `${value.name} `}
          {'{'}
          {value.entries.map(([name, item], n) => (
            <span key={name}>
              {n > 0 && ','} <span class="value-name">{name}</span>: <Value value={item} depth={depth + 1} />
            </span>
          ))}
          {value.more > 0 && ', …'}
          {value.entries.length > 0 ? ' }' : '}'}
        </>
      );
  }
}

function numberText(value: number): string {
  return Number.isInteger(value) ? formatExact(value) : formatNumber(value, 4);
}

function quoted(text: string, isAlone: boolean): string {
  return isAlone ? text : `'${text}'`;
}
