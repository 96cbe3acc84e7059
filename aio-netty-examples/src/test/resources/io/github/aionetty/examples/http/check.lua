-- Copyright 2026 The aio-netty authors
-- SPDX-License-Identifier: Apache-2.0
--
-- For wrk, started in the directory that is served: asks for files and parts of them in turn, and
-- compares what comes. A response does not tell its request; its length does.

local threads = {}
local requests = {}
local bodies = {}
local at = 0

function setup(thread)
    table.insert(threads, thread)
end

local function add(path, first, last)
    local file = io.open(path, "rb")
    local body = file:read("*a") or ""
    file:close()
    local headers = {}
    if first then
        headers["Range"] = "bytes=" .. first .. "-" .. last
        body = body:sub(first + 1, last + 1)
    end
    bodies[#body] = body
    table.insert(requests, wrk.format("GET", "/" .. path, headers))
end

function init()
    right, wrong = 0, 0
    add("small")
    add("buffered")
    add("direct")
    add("empty")
    add("buffered", 100, 10099)
    add("direct", 100001, 250000)
end

function request()
    at = at % #requests + 1
    return requests[at]
end

function response(status, headers, body)
    if (status == 200 or status == 206) and bodies[#body] == body then
        right = right + 1
    else
        wrong = wrong + 1
    end
end

function done(summary, latency, all)
    local good, bad, errors = 0, 0, 0
    for _, thread in ipairs(threads) do
        good = good + thread:get("right")
        bad = bad + thread:get("wrong")
    end
    for _, count in pairs(summary.errors) do
        errors = errors + count
    end
    print("right=" .. good .. " wrong=" .. bad .. " errors=" .. errors)
end
