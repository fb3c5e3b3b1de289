import type { ColumnDefinitionBuilder } from 'kysely';

type Column = (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder;

export const key: Column = (column) => column.primaryKey().notNull();
export const required: Column = (column) => column.notNull();

/** Points to a row of `table`, and goes when that goes. */
export const partOf = (table: string): Column => (column) =>
  column.notNull().references(`${table}.id`).onDelete('cascade');
