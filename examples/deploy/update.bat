@echo off
rem SPDX-License-Identifier: MIT
rem Updates a deployment: prerequisites, code, images, database, migrations and schema, health.
rem Stops at the first step that fails. Every command is a variable; set them in the environment.
setlocal
if not defined COMPOSE set COMPOSE=docker compose
if not defined SERVICE set SERVICE=backend
if not defined DATABASE_SERVICE set DATABASE_SERVICE=db
if not defined MIGRATION set MIGRATION=alembic upgrade head
if not defined PGMEND set PGMEND=pgmend
if not defined SCHEMA set SCHEMA=schema.lock
if not defined WAIT set WAIT=120s
if not defined HEALTH set HEALTH=curl --fail --silent --show-error http://localhost:8000/health

echo [1/6] Checking prerequisites...
where git >nul 2>nul || (echo   FAILED git is not installed & exit /b 2)
for /f "tokens=1" %%p in ("%COMPOSE%") do where %%p >nul 2>nul || (echo   FAILED %%p is not installed & exit /b 2)

echo [2/6] Updating the code...
git pull --ff-only || exit /b 1

rem What can be built is built from the code that was just pulled: `up` alone would start the image
rem that is there already.
echo [3/6] Building and pulling images...
%COMPOSE% pull --ignore-buildable || exit /b 1
%COMPOSE% build --pull || exit /b 1

echo [4/6] Starting the database...
%COMPOSE% up --detach %DATABASE_SERVICE% || exit /b 1

echo [5/6] Running migrations...
%COMPOSE% run --rm --no-deps %SERVICE% %PGMEND% migrate --schema %SCHEMA% --wait %WAIT% -- %MIGRATION%
if errorlevel 1 (
  echo   FAILED migrations or schema: see the report above
  exit /b 1
)

echo [6/6] Starting and checking the application...
%COMPOSE% up --detach || exit /b 1
for /l %%i in (1,1,10) do (
  %HEALTH% && (echo   ok healthy & exit /b 0)
  timeout /t 3 /nobreak >nul
)
echo   FAILED the health check
exit /b 1
