# The portable runtime: `navi serve`, and the whole command line.
#
#   docker build -f k8s-keda/images/portable.Dockerfile --build-arg SDK_DIGEST=sha256:… --build-arg RUNTIME_DIGEST=sha256:… --build-arg REVISION=$(git rev-parse HEAD) -t navi/portable .
#
# Both digests must be given: what is built from must be what somebody looked at.
# mcr.microsoft.com/dotnet/sdk:10.0
ARG SDK_DIGEST
# mcr.microsoft.com/dotnet/aspnet:10.0
ARG RUNTIME_DIGEST

FROM mcr.microsoft.com/dotnet/sdk@${SDK_DIGEST} AS build
WORKDIR /source
COPY .editorconfig Directory.Build.props Directory.Build.targets Directory.Packages.props global.json host.json ./
COPY platform platform
COPY agent agent
COPY orchestrations orchestrations
COPY functions functions
COPY portable portable
COPY cli cli
COPY grafana/dashboards grafana/dashboards
COPY prometheus/alerts prometheus/alerts
COPY prometheus/rules prometheus/rules
# The commit, which no file here tells: by it a process says which version it is.
ARG REVISION
RUN dotnet publish cli/Navi.Cli.csproj -c Release -o /publish/navi -p:DebugType=none -p:SourceRevisionId=${REVISION}

FROM mcr.microsoft.com/dotnet/aspnet@${RUNTIME_DIGEST} AS runtime
# What tasks' tools run: git, rg, python3, and bwrap for commands.
RUN apt-get update \
 && apt-get install -y --no-install-recommends bubblewrap ca-certificates git python3 ripgrep \
 && rm -rf /var/lib/apt/lists/* \
 && groupadd --gid 10001 navi \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /tmp --shell /usr/sbin/nologin navi
COPY --from=build /publish/navi /opt/navi
ENV HOME=/tmp DOTNET_CLI_TELEMETRY_OPTOUT=1
USER 10001:10001
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=120s --retries=3 \
  CMD ["python3", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/healthz', timeout=4)"]
ENTRYPOINT ["dotnet", "/opt/navi/navi.dll"]
CMD ["serve"]
