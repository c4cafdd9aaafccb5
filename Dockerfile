# Builds the program, then keeps nothing but it.
FROM rust:1.95-slim-bookworm AS build
WORKDIR /build
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/build/target \
    cargo build --release --locked && cp target/release/colloquy /colloquy

FROM debian:bookworm-slim
# The certificates are for mail servers; nothing else is ever asked.
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin colloquy \
    && install -d -o colloquy -g colloquy -m 700 /data
COPY --from=build /colloquy /usr/local/bin/colloquy
COPY LICENSE-MIT LICENSE-APACHE assets/model/NOTICE /usr/share/doc/colloquy/
COPY assets/words/NOTICE /usr/share/doc/colloquy/NOTICE.words
USER colloquy
ENV COLLOQUY_DATA=/data COLLOQUY_SERVER__HOST=0.0.0.0
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=6s --start-period=10s CMD ["colloquy", "health"]
ENTRYPOINT ["colloquy"]
