FROM rust:1-bookworm AS build
WORKDIR /src
COPY . .
RUN cargo build --release --locked

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /var/lib/evenhand --create-home evenhand
COPY --from=build /src/target/release/evenhand /usr/local/bin/evenhand
COPY policies /usr/share/evenhand/policies
USER evenhand
WORKDIR /var/lib/evenhand
EXPOSE 3000
ENTRYPOINT ["evenhand"]
CMD ["serve"]
