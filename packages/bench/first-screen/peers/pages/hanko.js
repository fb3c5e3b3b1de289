// As the package's README has it: import, register with the address of the API, place the element.
import { register } from '@teamhanko/hanko-elements';

await register('http://hanko.localhost:__PORT__');
