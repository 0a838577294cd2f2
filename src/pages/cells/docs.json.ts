import { libraryDocs } from '../../build/library-docs.ts';

export function GET(): Response {
  return Response.json(libraryDocs());
}
