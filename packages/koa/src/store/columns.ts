/** What both databases keep and answer with, as the rows name it. */
import type { ColumnType } from 'kysely';

/** SQLite answers with text, PostgreSQL with a date. */
export type Moment = ColumnType<Date | string, Date, Date>;
export type OptionalMoment = ColumnType<Date | string | null, Date | null, Date | null>;
/** SQLite answers with a number, PostgreSQL with text, for its `bigint` may be larger than a number. */
export type Counter = ColumnType<number | string, number, number>;
/** 0 or 1: SQLite has no booleans. */
export type Flag = number;
