# The Functions runtime: the Functions host with NAVI's worker process, and the command line for the migration Job.
#
#   docker build -f k8s-keda/images/azure-functions.Dockerfile --build-arg SDK_DIGEST=sha256:… --build-arg RUNTIME_DIGEST=sha256:… --build-arg REVISION=$(git rev-parse HEAD) -t navi/azure-functions .
#
# Both digests must be given: what is built from must be what somebody looked at.
# mcr.microsoft.com/dotnet/sdk:10.0
ARG SDK_DIGEST
# mcr.microsoft.com/azure-functions/dotnet-isolated:4-dotnet-isolated10.0
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
RUN dotnet publish functions/Navi.Functions.csproj -c Release -o /publish/wwwroot -p:NaviHost=AzureFunctions -p:DebugType=none -p:SourceRevisionId=${REVISION}
RUN dotnet publish cli/Navi.Cli.csproj -c Release -o /publish/navi -p:DebugType=none -p:SourceRevisionId=${REVISION}

FROM mcr.microsoft.com/azure-functions/dotnet-isolated@${RUNTIME_DIGEST} AS runtime
# What tasks' tools run: git, rg, python3, and bwrap for commands.
RUN apt-get update \
 && apt-get install -y --no-install-recommends bubblewrap ca-certificates git python3 ripgrep \
 && rm -rf /var/lib/apt/lists/* \
 && groupadd --gid 10001 navi \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /tmp --shell /usr/sbin/nologin navi \
 && mkdir -p /home/LogFiles /home/data \
 && chown 10001:10001 /home/LogFiles /home/data
COPY --from=build /publish/wwwroot /home/site/wwwroot
COPY --from=build /publish/navi /opt/navi
# Ports below 1024 are root's.
ENV AzureWebJobsScriptRoot=/home/site/wwwroot AzureFunctionsJobHost__Logging__Console__IsEnabled=true ASPNETCORE_URLS=http://+:8080 HOME=/tmp
USER 10001:10001
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=180s --retries=3 \
  CMD ["python3", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/healthz', timeout=4)"]
