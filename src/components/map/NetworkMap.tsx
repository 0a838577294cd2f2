import '../figures/factor-frame.css';
import './NetworkMap.css';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { type CellPicture, factorFrame } from '../../explain/cell-picture.ts';
import { largestSize } from '../../explain/contributions.ts';
import {
  type MapPart,
  type MapScope,
  describePart,
  isBackward,
  mapColumns,
  mapLetter,
  mapPicture,
  mapPictureSize,
  partKey,
  sourcesOf,
} from '../../explain/map-layout.ts';
import { describeCell, quantityName } from '../../explain/names.ts';
import { formatNumber } from '../../explain/numbers.ts';
import { notation } from '../../lib/notation.ts';
import type { Cell, Quantity } from '../../lib/nn/origin.ts';
import type { Trace } from '../../lib/nn/trace.ts';
import { HeatImage } from '../figures/HeatImage.tsx';
import { useMedia } from '../figures/useMedia.ts';
import { travel } from './travel.ts';

interface Props {
  /** What is shown; an empty network of the chapters while there is none. */
  pass: Trace | undefined;
  scope: MapScope;
  /** Whether a quantity has been computed so far; what has not is an empty frame. All of it where this is left out. */
  isKnown?: (quantity: Quantity, layer: number) => boolean;
  /** The quantity that the step under way computes. */
  current?: Pick<Cell, 'quantity' | 'layer'> | undefined;
  /** The number that is looked at, here or elsewhere. */
  shown?: Cell | undefined;
  /** Whether the reader has just gone a step on: then its numbers come from where they are made of. */
  moves?: boolean;
  /** Dropout's mask of each hidden layer, (units): units with a 0 are painted over. */
  dropped?: readonly ArrayLike<number>[] | undefined;
  onPoint?: (cell: Cell | undefined) => void;
  onOpen?: (cell: Cell) => void;
  label: string;
}

/** From here on a strip is wide enough for a finger; below, what it holds is opened in the numbers of its step. */
const ROOMY = '(min-width: 48rem)';

/** The whole network in one picture, drawn from one trace: values above, and below each the blame for it. */
export function NetworkMap(props: Props) {
  const { pass, scope, current, moves = false, label } = props;
  const root = useRef<HTMLDivElement>(null);
  const columns = useMemo(() => mapColumns(pass, scope), [pass, scope]);
  const sources = useMemo(() => (pass && current ? sourcesOf(pass, current) : []), [pass, current]);
  const place = current && partKey(current);
  const isRoomy = useMedia(ROOMY);
  useEffect(() => {
    if (moves && place && root.current) travel(root.current, sources, place);
  }, [place, moves]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a figure stands around it already, and a fieldset is for controls
    <div
      ref={root}
      class={`network-map map-${isBackward(scope) ? 'backward' : scope}`}
      role="group"
      aria-label={label}
    >
      {columns.map(({ above, below }) => (
        <div key={partKey(above[0])} class="map-column">
          <div class="map-row">
            {above.map((part) => (
              <Part
                key={partKey(part)}
                {...props}
                part={newest(part, props)}
                sources={sources}
                isFirst={isBackward(scope) || isGiven(part)}
                isRoomy={isRoomy}
              />
            ))}
          </div>
          {isBackward(scope) && (
            <div class="map-row map-below">
              {below.map((part) => (
                <Part
                  key={partKey(part)}
                  {...props}
                  part={part}
                  sources={sources}
                  isFirst={false}
                  isRoomy={isRoomy}
                />
              ))}
            </div>
          )}
        </div>
      ))}
    </div>
  );
}

/** What a pass begins with: the picture, its label, weights and biases. */
function isGiven({ quantity, layer }: MapPart): boolean {
  return ['weight', 'bias', 'target'].includes(quantity) || (quantity === 'activation' && layer === 0);
}

/** After its update a weight stands in the place of the old one, marked as new. */
function newest(part: MapPart, { pass, isKnown }: Pick<Props, 'pass' | 'isKnown'>): MapPart {
  const next = { weight: 'updatedWeight', bias: 'updatedBias' }[part.quantity as 'weight' | 'bias'] as
    Quantity | undefined;
  const isThere = pass?.steps.some(({ quantity, layer }) => quantity === next && layer === part.layer);
  return next && isThere && isKnown?.(next, part.layer) ? { ...part, quantity: next } : part;
}

interface PartProps extends Props {
  part: MapPart;
  sources: readonly string[];
  /** Whether it is known before the first step: then it can be focused while the pass is still on its way. */
  isFirst: boolean;
  isRoomy: boolean;
}

function Part(props: PartProps) {
  const { pass, part, sources, isFirst, isRoomy, isKnown, current, shown, onPoint, onOpen } = props;
  const { quantity, layer, kind } = part;
  const key = partKey(part);
  const known = pass ? (isKnown?.(quantity, layer) ?? true) : isFirst;
  const { rows, columns } = mapPictureSize(pass, part);
  // Weights stay the same array from one reading to the next: hundreds of thousands of them are not laid out anew.
  const values = pass && known && kind !== 'number' ? pass.values(quantity, layer) : undefined;
  const picture = useMemo(
    () => (pass && values ? mapPicture(pass, part) : undefined),
    [values, quantity, layer, kind],
  );
  const mask = quantity === 'activation' ? props.dropped?.[layer - 1] : undefined;
  // Not looked for again whenever the pointer moves.
  const full = useMemo(() => (picture ? largestSize(picture.values) : 1), [picture]);
  const label = useMemo(() => (pass && values ? describePart(pass, part, mask) : undefined), [values, mask]);
  const isCurrent = current !== undefined && key === partKey(current);
  const isNew = quantity === 'updatedWeight' || quantity === 'updatedBias';
  const state = isCurrent ? 'map-now' : sources.includes(key) ? 'map-source' : '';
  const canBePointedAt = isRoomy || kind !== 'strip';
  const letter = mapLetter(pass, part);
  const { layered } = notation[letter];
  return (
    <div class={`map-part map-${kind} ${state}`} data-part={key}>
      <span class="map-letter">
        <i>{notation[letter].letter}</i>
        {layered && <sup>({layer})</sup>}
        {isNew && <small> new</small>}
      </span>
      <span class="map-body">
        {kind === 'number' ? (
          <span class="map-value">{pass && known ? formatNumber(pass.values(quantity, layer)[0]) : ''}</span>
        ) : known ? (
          <HeatImage
            values={picture?.values}
            rows={rows}
            columns={columns}
            stretched
            scale={notation[pass ? quantityName(pass, quantity, layer) : letter].scale}
            full={full}
            label={label ?? `${notation[letter].spoken}: on its way`}
            describe={(index) => (pass && picture ? describeCell(pass, picture.cellAt(index)) : '…')}
            pointed={
              shown && picture && partKey(shown) === key && kind !== 'mosaic'
                ? picture.indexOf(shown)
                : undefined
            }
            onPoint={
              canBePointedAt && onPoint
                ? (index) => onPoint(index === undefined ? undefined : picture?.cellAt(index))
                : undefined
            }
            onChoose={onOpen && ((index) => picture && onOpen(picture.cellAt(index)))}
          >
            {mask ? (
              <Dropped mask={mask} />
            ) : (
              pass && shown && picture && <Frame pass={pass} shown={shown} part={part} picture={picture} />
            )}
          </HeatImage>
        ) : (
          <span class="map-blank" style={blankSize(pass, part)} />
        )}
        {part.isOutput && <DigitNames count={rows} />}
      </span>
    </div>
  );
}

interface FrameProps {
  pass: Trace;
  shown: Cell;
  part: MapPart;
  picture: CellPicture;
}

/** Over the units of an upright strip that are dropped. */
function Dropped({ mask }: { mask: ArrayLike<number> }) {
  const path = Array.from(mask, (kept, unit) => (kept === 0 ? `M0,${unit} h1 v1 h-1 z` : ''));
  return <path class="map-dropped" d={path.join(' ').trim()} />;
}

/** Around the factors of the number that is looked at, and around the number itself where it lies in a mosaic. */
function Frame({ pass, shown, part, picture }: FrameProps) {
  const frame =
    partKey(shown) === partKey(part) && part.kind === 'mosaic'
      ? unitFrame(picture.indexOf({ ...shown, column: 0 }), picture.columns)
      : factorFrame(pass, shown, picture, part.quantity, part.layer);
  return frame ? <rect class="factor-frame" {...frame} /> : null;
}

function unitFrame(index: number, columns: number) {
  return { x: index % columns, y: Math.floor(index / columns), width: 28, height: 28 };
}

/** Outputs stand for digits: their numbers are written beside them. */
function DigitNames({ count }: { count: number }) {
  return (
    <span class="map-digits" aria-hidden="true">
      {Array.from({ length: count }, (_, digit) => (
        <span key={digit}>{digit}</span>
      ))}
    </span>
  );
}

function blankSize(pass: Trace | undefined, part: MapPart) {
  const { rows, columns } = mapPictureSize(pass, part);
  return part.kind === 'strip' ? {} : { aspectRatio: `${columns} / ${rows}` };
}
