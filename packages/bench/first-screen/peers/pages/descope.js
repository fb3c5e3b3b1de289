// As a library: importing it defines the element.
import '@descope/web-component';
