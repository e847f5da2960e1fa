/** Amazon Nimble Studio, a service that AWS shut down on 24 October 2024: nothing here yet. */
export {};
