import './Cell.css';
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { pageNotebook } from '../../state/cells/page-notebook.ts';
import { CellView } from './CellView.tsx';

interface Props {
  page: string;
  id: string;
  place: number;
  code: string;
  /** The code as it was built, in its colours. */
  children?: ComponentChildren;
}

/** A cell of a chapter, among the others of its page. */
export function CellIsland({ page, id, place, code, children }: Props) {
  const notebook = pageNotebook(page);
  const cell = useMemo(() => notebook.make(id, code, place), [notebook, id]);
  useEffect(() => notebook.put(cell), [notebook, cell]);
  return <CellView notebook={notebook} cell={cell} number={place} still={children} />;
}
